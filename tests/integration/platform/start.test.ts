import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAlive } from '@/lib/database/embedded/installation'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-start-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Runs `npm start`'s program until it ends by itself. */
function start(
  settings: Readonly<Record<string, string>>,
): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const { PATH, HOME } = process.env
    const child = spawn(process.execPath, ['--import', 'tsx', 'bin/start.ts'], {
      env: { PATH, HOME, VITRINE_DATA: folder, ...settings } as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output }))
  })
}

describe('npm start', () => {
  it('names all that is missing in production with a database of one’s own, and makes nothing up', async () => {
    const { status, output } = await start({
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://vitrine:not-shown@127.0.0.1:1/vitrine',
    })
    expect(status).toBe(1)
    expect(output).toMatch(/NEXTAUTH_SECRET is missing/)
    expect(output).toMatch(/NEXTAUTH_URL is missing/)
    expect(output).not.toContain('not-shown')
    expect(output).not.toMatch(/\n\s+at /)
  })

  it('says that a port is taken, before it does anything', async () => {
    const occupant = createServer()
    const port = await new Promise<number>((resolve) => {
      occupant.listen(0, '127.0.0.1', () => {
        const bound = occupant.address()
        resolve(typeof bound === 'object' && bound ? bound.port : 0)
      })
    })
    const { status, output } = await start({ PORT: String(port) })
    occupant.close()
    expect(status).toBe(1)
    expect(output.trim()).toBe(
      `Port ${port} is in use. Stop what listens there, or choose another one with PORT.`,
    )
  })

  it('refuses a setting that it does not understand', async () => {
    const { status, output } = await start({ VITRINE_DEMO: 'maybe' })
    expect(status).toBe(1)
    expect(output).toContain('VITRINE_DEMO must be on or off')
  })
})

describe('a process of npm start', () => {
  it('ends when npm start is killed and can tell nobody', async () => {
    const pidFile = path.join(folder, 'pid')
    const child = `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`
    const script = path.join(folder, 'parent.mts')
    writeFileSync(
      script,
      `import { SupervisedProcess } from ${JSON.stringify(path.resolve('bin/launch/supervised-process.ts'))}
       new SupervisedProcess({
         name: 'worker', parameters: ['--eval', ${JSON.stringify(child)}], environment: process.env,
         project: ${JSON.stringify(process.cwd())}, onOutput: () => {}, onRestart: () => {},
       })`,
    )
    const parent = spawn(process.execPath, ['--import', 'tsx', script], { stdio: 'ignore' })
    const readPid = () => {
      try {
        return Number(readFileSync(pidFile, 'utf8'))
      } catch {
        return 0
      }
    }
    await expect.poll(readPid, { timeout: 30_000 }).toBeGreaterThan(0)
    parent.kill('SIGKILL')
    // A process whose parent is gone may stay in the table of processes until somebody collects it.
    const command = () => {
      try {
        return isAlive(readPid()) ? readFileSync(`/proc/${readPid()}/cmdline`, 'utf8') : ''
      } catch {
        return ''
      }
    }
    await expect.poll(command, { timeout: 30_000 }).toBe('')
  })
})
