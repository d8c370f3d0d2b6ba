import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** How many bytes of the heap are in use once all that nobody holds is collected. */
export function heapNow(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}
