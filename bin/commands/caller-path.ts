import { isAbsolute, resolve } from 'node:path'

/** npm runs scripts in the package's folder; paths are meant from where the person stands. */
export function fromCaller(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env.INIT_CWD ?? process.cwd(), path)
}
