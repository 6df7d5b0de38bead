import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** A worker as `npm start` runs it, with what it logs: that of figures, or another program. */
export class WorkerProcess {
  readonly #child: ChildProcess
  #output = ''

  constructor(
    parameters: readonly string[] = [],
    environment: { readonly [name: string]: string } = {},
    program: 'bin/worker.ts' | 'bin/exploration-worker.ts' = 'bin/worker.ts',
  ) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', program, ...parameters], {
      env: { ...process.env, LOG_LEVEL: 'info', VITRINE_PROVIDER: 'cpu', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk) => {
        this.#output += String(chunk)
      })
  }

  get output(): string {
    return this.#output
  }

  /** Log lines with this message. */
  lines(message: string): Record<string, unknown>[] {
    return this.#output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line.msg === message)
  }

  /** Stops where it is, until it is ended with SIGKILL: what it has begun stays begun. */
  freeze(): void {
    this.#child.kill('SIGSTOP')
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.hasEnded) return
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    await ended
  }
}

/** Asks until `condition` holds. @throws Error with what the worker printed when it takes longer than 80 s. */
export async function until(condition: () => Promise<boolean>, worker: WorkerProcess): Promise<void> {
  for (const deadline = Date.now() + 80_000; Date.now() < deadline; await sleep(50))
    if (await condition()) return
  throw new Error(`it did not come to it; the worker printed:\n${worker.output}`)
}
