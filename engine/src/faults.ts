/** Places in the product at which tests let it die as by a power cut. */
export const faultPoints = [
  'publish.before-lock',
  'publish.after-ddl',
  'publish.before-commit',
  'publish.after-commit',
  'write.before-statement',
  'write.after-statement',
  'write.after-commit',
  'start.after-initdb',
  'start.after-migrate',
  'start.after-admin',
  'start.after-plugins',
] as const

/** One of those places. */
export type FaultPoint = (typeof faultPoints)[number]

/** Dying when `point` is passed for the `nth` time. */
export interface ArmedFault {
  readonly point: FaultPoint
  readonly nth: number
}

let armed: ArmedFault | undefined

/** Arms a fault for this process; only the composition root does. */
export function armFault(fault: ArmedFault | undefined): void {
  armed = fault
}

/** Passes a point; the process is killed (SIGKILL) when it is armed for this passing. */
export function passFault(point: FaultPoint): void {
  if (armed?.point !== point) return
  armed = { point, nth: armed.nth - 1 }
  if (armed.nth === 0) process.kill(process.pid, 'SIGKILL')
}
