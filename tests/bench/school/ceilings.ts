import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import pg from 'pg'
import { directTransport } from './exchange'
import { type Measured, Meter, saturate } from './meter'

/** What this machine can do at most, measured with the same client in the same run. */

const bareServer = `
  const { createServer } = require('node:http')
  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { revision } = JSON.parse(Buffer.concat(chunks).toString())
      const body = JSON.stringify({ status: 'stored', revision })
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      response.end(body)
    })
  })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

/** A bare Node server that parses a save and answers it, with nothing behind. */
export async function measureBareServer(seconds: number, atOnce: number): Promise<Measured> {
  const child = spawn(process.execPath, ['--eval', bareServer], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text) => resolve(String(text).trim())),
  )
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const send = directTransport(`http://127.0.0.1:${port}`, agent, 'none=1')
  const meter = new Meter()
  await saturate(atOnce, seconds, (index) =>
    meter.time(() =>
      send({ method: 'PUT', path: '/', body: { optionIds: ['a'], clientId: 'bench', revision: index + 1 } }),
    ),
  )
  agent.destroy()
  child.kill('SIGKILL')
  return meter.result()
}

/** Single INSERTs of an answer's columns, each in a transaction of its own, on the site's own server. */
export async function measureBareInsert(databaseUrl: string, seconds: number): Promise<Measured> {
  const connections = 10
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
  await pool.query(
    `CREATE TABLE bench_insert (attempt text, part text, options text[], revision int, client text, saved timestamptz,
       PRIMARY KEY (attempt, part))`,
  )
  const meter = new Meter()
  await saturate(connections, seconds, () =>
    meter.time(async () => {
      await pool.query({
        name: 'bench-insert',
        text: 'INSERT INTO bench_insert VALUES ($1, $2, $3, 1, $4, now())',
        values: [randomUUID(), 'q01', ['a'], 'bench'],
      })
      return { status: 200 }
    }),
  )
  await pool.query('DROP TABLE bench_insert')
  await pool.end()
  return meter.result()
}
