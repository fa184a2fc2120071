import { useEffect, useState } from 'react'

/** The time of the wall, by the half minute: for ages and for "hôm nay". */
export function useClock(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
