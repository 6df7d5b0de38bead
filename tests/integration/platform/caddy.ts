import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '@/lib/free-port'

/** The first that sends a body whole when it sends a request once more. */
const OLDEST = [2, 11] as const

/** @returns why the Caddy of this machine cannot be used; undefined: it can. */
export function whyNoCaddy(): string | undefined {
  const { error, stdout } = spawnSync('caddy', ['version'], { encoding: 'utf8' })
  if (error) return 'caddy is not installed'
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout) ?? ['', '0', '0']
  const isNew = Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1])
  return isNew ? undefined : `caddy is older than ${OLDEST.join('.')}`
}

/** Caddy with our configuration. */
export class Caddy {
  private constructor(
    readonly port: number,
    private readonly program: ChildProcess,
    private readonly folder: string,
  ) {}

  /** @param web ports of the web servers */
  static async open(web: readonly number[], outerProxies = ''): Promise<Caddy> {
    const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-caddy-'))
    const port = await findFreePort()
    const program = spawn('caddy', ['run', '--config', 'deploy/Caddyfile', '--adapter', 'caddyfile'], {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        CADDY_ADMIN: `127.0.0.1:${await findFreePort()}`,
        VITRINE_SITE_ADDRESS: `http://127.0.0.1:${port}`,
        VITRINE_WEB: web.map((each) => `127.0.0.1:${each}`).join(' '),
        VITRINE_OUTER_PROXIES: outerProxies,
      } as unknown as NodeJS.ProcessEnv,
      stdio: 'ignore',
    })
    const caddy = new Caddy(port, program, folder)
    for (const deadline = Date.now() + 20_000; ; await sleep(50)) {
      const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)
      await answer?.body?.cancel()
      if (answer?.ok) return caddy
      if (Date.now() > deadline || program.exitCode !== null) {
        await caddy.close()
        throw new Error('Caddy does not answer')
      }
    }
  }

  async close(): Promise<void> {
    if (this.program.exitCode === null) {
      const ended = once(this.program, 'exit')
      this.program.kill('SIGKILL')
      await ended
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}
