/** A camera of this machine; without a name until the system has allowed its use. */
export type Camera = Readonly<{ id: string; name: string }>

/** The largest picture a camera can give: an exact wish would be refused by most. */
const LARGEST = { width: { ideal: 4608 }, height: { ideal: 3456 } } as const

/** Cameras that are plugged in now. */
export async function listCameras(): Promise<Camera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '').map(({ deviceId, label }) => ({ id: deviceId, name: label }))
}

/** The camera of that name, which the system knows by another id at each start; else none in particular. */
export const cameraNamed = (cameras: readonly Camera[], name: string | null): string | undefined => cameras.find((camera) => camera.name === name)?.id

/** Opens a camera, pictures only. Rejects with the errors of `getUserMedia`. */
export function openStream(id: string | undefined): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...LARGEST, ...(id !== undefined && { deviceId: { exact: id } }) } })
}

/** Lets a camera go, so that its lamp goes out and other programs can have it. */
export const closeStream = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop())
