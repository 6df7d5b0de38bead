import { spawn } from 'node:child_process'

/** Counts of one stage. A stage that checks one thing counts as one test. */
export interface StageResult {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** How many of those that passed did so only when tried again. */
  readonly repeated?: number
}

export interface Stage {
  readonly name: string
  readonly run: (project: string) => Promise<StageResult>
}

/** Passed on to the program that runs, so that servers are stopped and folders removed on the way out. */
export const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a program to its end, on this terminal, without input.
 *
 * @param environment in addition to this process's own; undefined removes a variable
 * @returns the exit status; 1 where a signal or the time limit ended it
 */
export function run(
  command: string,
  parameters: readonly string[],
  project: string,
  options: {
    readonly environment?: Readonly<Record<string, string | undefined>>
    readonly timeout?: number
  } = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      cwd: project,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: options.timeout,
    })
    const pass = (signal: NodeJS.Signals) => child.kill(signal)
    for (const signal of INTERRUPTIONS) process.on(signal, pass)
    child.once('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`)
      resolve(1)
    })
    child.once('close', (status) => {
      for (const signal of INTERRUPTIONS) process.off(signal, pass)
      resolve(status ?? 1)
    })
  })
}

/** Runs checks one after the other until one fails, and counts them as one test. */
export async function checkInTurn(checks: readonly (() => Promise<number>)[]): Promise<StageResult> {
  for (const check of checks) {
    if ((await check()) !== 0) return { passed: 0, failed: 1, skipped: 0 }
  }
  return { passed: 1, failed: 0, skipped: 0 }
}
