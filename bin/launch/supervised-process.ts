import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ProcessDescription {
  /** For messages: web, worker. */
  readonly name: string
  /** Arguments of node. */
  readonly parameters: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly project: string
  /** Receives what the process prints. */
  readonly onOutput: (text: string) => void
  readonly onRestart: (message: string) => void
}

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 30_000
/** A process that ran this long had started well: the next pause is short again. */
const HEALTHY = 60_000
/** Longer than a web process waits for the requests that it has begun. */
const STOP_TIMEOUT = 13_000

/** A child process that is started again when it ends by itself, after pauses that grow from half a second to 30 s. */
export class SupervisedProcess {
  private child: ChildProcess | undefined
  private stopping = false
  private pause = FIRST_PAUSE

  constructor(private readonly description: ProcessDescription) {
    this.start()
  }

  private start(): void {
    const { name, parameters, environment, project, onOutput, onRestart } = this.description
    const startedAt = Date.now()
    const follow = path.join(project, 'bin/launch/follow-parent.mjs')
    const child = spawn(process.execPath, ['--import', follow, ...parameters], {
      cwd: project,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.child = child
    child.stdout?.on('data', (chunk) => onOutput(String(chunk)))
    child.stderr?.on('data', (chunk) => onOutput(String(chunk)))
    child.once('exit', async (status, signal) => {
      if (this.stopping) return
      if (Date.now() - startedAt > HEALTHY) this.pause = FIRST_PAUSE
      onRestart(
        `The ${name} ended (${signal ?? `status ${status}`}) and starts again in ${this.pause / 1000} s.`,
      )
      await sleep(this.pause)
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE)
      if (!this.stopping) this.start()
    })
  }

  /** Asks the process to end, and ends it after 13 s. */
  async stop(): Promise<void> {
    this.stopping = true
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGTERM')
    const hung = await Promise.race([ended.then(() => false), sleep(STOP_TIMEOUT, true, { ref: false })])
    if (!hung) return
    child.kill('SIGKILL')
    await ended
  }
}
