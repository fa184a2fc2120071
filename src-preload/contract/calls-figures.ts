import { z } from 'zod'
import { call } from './call'
import { Quality, Wall } from './figures'

export const figureCalls = {
  wall: call.meta({ access: 'supervise', about: 'The ward at this moment' }).output(Wall),
  quality: call.meta({ access: 'supervise', about: 'Service quality of a period, both days included (Quyết định 766)' })
    .input(z.object({ from: z.iso.date(), to: z.iso.date() })).output(Quality),
}
