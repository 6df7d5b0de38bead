import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { announcement } from '@/bin/launch/announcement'
import { fingerprintSources } from '@/bin/launch/build'
import { choosePort } from '@/bin/launch/port'
import { SupervisedProcess } from '@/bin/launch/supervised-process'
import { generatedSecret, isReachableByAll, locateDataFolder, prepareDataFolder } from '@/lib/data-folder'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-launch-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the data folder', () => {
  it('is where it was asked for, else in the project, else where the user of the database can go', () => {
    expect(locateDataFolder(folder, '/somewhere/else')).toBe('/somewhere/else')
    const project = path.join(folder, 'private', 'project')
    mkdirSync(project, { recursive: true })
    chmodSync(folder, 0o755)
    expect(locateDataFolder(project, undefined)).toBe(path.join(project, '.data'))
    chmodSync(path.join(folder, 'private'), 0o700)
    expect(isReachableByAll(project)).toBe(false)
    const elsewhere = process.getuid?.() === 0
    const located = locateDataFolder(project, undefined)
    if (elsewhere) expect(located).toMatch(/^\/var\/lib\/vitrine\/[0-9a-f]{12}$/)
    else expect(located).toBe(path.join(project, '.data'))
  })

  it('is made with all folders above it, closed, except that others may pass through root’s', () => {
    const made = path.join(folder, 'one', 'two')
    prepareDataFolder(made)
    prepareDataFolder(made)
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700
    for (const each of [made, path.dirname(made)]) expect(statSync(each).mode & 0o777, each).toBe(mode)
  })

  it('keeps one secret for each name, readable by its owner only', () => {
    const secret = generatedSecret(folder, 'sessions')
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(generatedSecret(folder, 'sessions')).toBe(secret)
    expect(generatedSecret(folder, 'database')).not.toBe(secret)
    expect(statSync(path.join(folder, 'secrets/sessions')).mode & 0o777).toBe(0o600)
    expect(statSync(path.join(folder, 'secrets')).mode & 0o777).toBe(0o700)
  })
})

describe('the port', () => {
  const servers: Server[] = []
  const occupy = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const server = createServer().once('error', reject)
      servers.push(server)
      server.listen(port, '127.0.0.1', () => {
        const bound = server.address()
        resolve(typeof bound === 'object' && bound ? bound.port : 0)
      })
    })

  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  it('is refused by number when it was asked for and is taken', async () => {
    const taken = await occupy(0)
    await expect(choosePort(taken, '127.0.0.1')).rejects.toThrow(`Port ${taken} is in use`)
  })

  it('is the next free one when none was asked for', async () => {
    const free = await choosePort(undefined, '127.0.0.1')
    await occupy(free)
    expect(await choosePort(undefined, '127.0.0.1')).toBeGreaterThan(free)
  })
})

describe('the fingerprint of the sources', () => {
  beforeEach(() => {
    mkdirSync(path.join(folder, 'app/questions'), { recursive: true })
    writeFileSync(path.join(folder, 'app/page.tsx'), 'one')
  })

  it('changes with contents and names, not with time or other files', () => {
    const first = fingerprintSources(folder)
    writeFileSync(path.join(folder, 'app/page.tsx'), 'one')
    writeFileSync(path.join(folder, 'README.md'), 'text')
    expect(fingerprintSources(folder)).toBe(first)
    writeFileSync(path.join(folder, 'app/page.tsx'), 'two')
    const second = fingerprintSources(folder)
    expect(second).not.toBe(first)
    writeFileSync(path.join(folder, 'app/questions/page.tsx'), '')
    expect(fingerprintSources(folder)).not.toBe(second)
  })
})

describe('a supervised process', () => {
  function supervise(script: string): { process: SupervisedProcess; restarts: string[]; output: string[] } {
    const restarts: string[] = []
    const output: string[] = []
    const supervised = new SupervisedProcess({
      name: 'worker',
      parameters: ['--eval', script],
      environment: process.env,
      project: process.cwd(),
      onOutput: (text) => output.push(text),
      onRestart: (message) => restarts.push(message),
    })
    return { process: supervised, restarts, output }
  }

  it('starts again when it ends, and says why it ended', async () => {
    const count = path.join(folder, 'count')
    const script = `
      const fs = require('node:fs')
      fs.appendFileSync(${JSON.stringify(count)}, 'x')
      if (fs.readFileSync(${JSON.stringify(count)}, 'utf8').length < 2) process.exit(3)
      console.log('up'); setInterval(() => {}, 1000)`
    const { process: supervised, restarts, output } = supervise(script)
    await expect.poll(() => output.join(''), { timeout: 20_000 }).toContain('up')
    expect(restarts).toEqual(['The worker ended (status 3) and starts again in 0.5 s.'])
    await supervised.stop()
    expect(readFileSync(count, 'utf8')).toBe('xx')
  })

  it('ends when it is stopped, also when it will not listen, and then stays ended', async () => {
    const {
      process: supervised,
      restarts,
      output,
    } = supervise(
      `process.on('SIGTERM', () => console.log('no')); console.log('up'); setInterval(() => {}, 1000)`,
    )
    await expect.poll(() => output.join(''), { timeout: 20_000 }).toContain('up')
    await supervised.stop()
    expect(output.join('')).toContain('no')
    expect(restarts).toEqual([])
  })
})

describe('the announcement', () => {
  it('shows the address, and sign-ins in columns', () => {
    const signIns = [
      { role: 'student', email: 'student@example.edu', password: 'one' },
      { role: 'TA', email: 'ta@example.edu', password: 'two' },
    ]
    const text = announcement('http://localhost:3000', 3.21, signIns, '.data')
    expect(text).toContain('http://localhost:3000   (ready in 3.2 s)')
    expect(text).toContain(
      '    student   student@example.edu   one\n    TA        ta@example.edu        two\n',
    )
    expect(announcement('http://localhost:3000', 3.21, [], '.data')).not.toContain('sign-ins')
  })
})
