import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { processCount } from '@/bin/web.mjs'
import { measureBareInsert, measureBareServer } from './school/ceilings'
import { directTransport, type Transport } from './school/exchange'
import { evenly, type Measured, Meter, saturate } from './school/meter'
import { openSite, type Site } from './school/site'
import { type Use, watched } from './school/use'

/**
 * A whole school on the real site: everybody starts within a minute, saves come at a steady rate, everybody submits in
 * the last half minute. Beside it stand the machine's own ceilings, measured in the same run with the same client: a
 * bare Node server and a bare INSERT.
 *
 *   npm run bench:load -- [--students 3000] [--start 60] [--rate 500] [--seconds 30] [--rush 30] [--report docs/load.md]
 */

const { values } = parseArgs({
  options: {
    students: { type: 'string', default: '3000' },
    start: { type: 'string', default: '60' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '30' },
    rush: { type: 'string', default: '30' },
    report: { type: 'string' },
  },
})

const project = path.resolve(import.meta.dirname, '../..')
const AT_ONCE = 64
const webProcesses = processCount(process.env.VITRINE_WEB_PROCESSES)
const CEILING_SECONDS = 5

interface Row {
  readonly name: string
  readonly measured: Measured
  /** null: not the site. */
  readonly use: Use | null
}

async function main(): Promise<void> {
  const students = Number(values.students)
  const site = await openSite(project, { students })
  try {
    const rows: Row[] = []
    const show = (row: Row) => {
      rows.push(row)
      console.log(lineOf(row))
    }
    show({
      name: 'ceiling: bare Node server, PUT',
      measured: await measureBareServer(CEILING_SECONDS, AT_ONCE),
      use: null,
    })
    show({
      name: 'ceiling: bare INSERT',
      measured: await measureBareInsert(site.databaseUrl, CEILING_SECONDS),
      use: null,
    })
    for (const row of await playDay(site)) show(row)
    const report = reportOf(rows, students)
    console.log(`\n${report}`)
    if (values.report) await writeFile(values.report, report)
  } finally {
    await site.close()
  }
}

async function playDay(site: Site): Promise<Row[]> {
  const { students, parts, assignmentPath } = site
  const senders = students.map(({ cookie }) => directTransport(site.address, site.agent, cookie))
  const attempts: string[] = []
  const revisions = new Map<string, number>()
  await senders[0]!({ method: 'GET', path: assignmentPath }) // the first page of a server loads its code

  const pages = new Meter()
  const starts = new Meter()
  const opened = await watched(site, () =>
    evenly(students.length, Number(values.start), async (index, due) => {
      const send = senders[index]!
      await pages.time(() => send({ method: 'GET', path: assignmentPath }), due)
      await starts.time(async () => {
        const answer = await send({ method: 'POST', path: `/api/assignments/${site.assignmentId}/attempts` })
        if (answer.status === 200)
          attempts[index] = (JSON.parse(answer.body) as { attemptId: string }).attemptId
        return answer
      })
      await pages.time(() => send({ method: 'GET', path: `${assignmentPath}/questions/1` }))
    }),
  )

  const save = (send: Transport, attemptId: string, turn: number) => {
    const part = parts[turn % parts.length]!
    const key = `${attemptId}/${part.id}`
    const revision = (revisions.get(key) ?? 0) + 1
    revisions.set(key, revision)
    const optionIds = [part.options[turn % part.options.length]!.id]
    const body = { optionIds, clientId: 'bench', revision }
    return send({ method: 'PUT', path: `/api/attempts/${attemptId}/answers/${part.id}`, body })
  }
  const someone = () => Math.floor(Math.random() * students.length)
  const saving = async (meter: Meter, turn: number, due?: number) => {
    const index = someone()
    const attemptId = attempts[index]
    if (attemptId) await meter.time(() => save(senders[index]!, attemptId, turn), due)
  }
  const steady = new Meter()
  const rate = Number(values.rate)
  const seconds = Number(values.seconds)
  const steadyUse = await watched(site, () =>
    evenly(rate * seconds, seconds, (turn, due) => saving(steady, turn, due)),
  )
  const most = new Meter()
  const mostUse = await watched(site, () => saturate(AT_ONCE, CEILING_SECONDS, (turn) => saving(most, turn)))

  const submits = new Meter()
  const rushUse = await watched(site, () =>
    evenly(students.length, Number(values.rush), async (index, due) => {
      const attemptId = attempts[index]
      if (attemptId)
        await submits.time(
          () => senders[index]!({ method: 'POST', path: `/api/attempts/${attemptId}/submit` }),
          due,
        )
    }),
  )
  return [
    { name: `start within ${values.start} s: pages`, measured: pages.result(), use: opened },
    { name: `start within ${values.start} s: attempts`, measured: starts.result(), use: opened },
    { name: `saves, ${rate} a second`, measured: steady.result(), use: steadyUse },
    { name: `saves, as many as it takes (${AT_ONCE} at once)`, measured: most.result(), use: mostUse },
    { name: `submits within ${values.rush} s`, measured: submits.result(), use: rushUse },
  ]
}

const whole = (value: number) => Math.round(value).toLocaleString('en-GB')
const percent = (share: number) => `${Math.round(share * 100)} %`

function cellsOf({ name, measured, use }: Row): string[] {
  const { requests, rate, p50, p95, p99, errors, reasons } = measured
  const why = [...reasons].map(([reason, count]) => `${count} × ${reason}`).join(', ')
  return [
    name,
    whole(requests),
    whole(rate),
    p50.toFixed(1),
    p95.toFixed(1),
    p99.toFixed(1),
    errors === 0 ? '0' : `${errors} (${why})`,
    ...(use ? cellsOfUse(use) : ['', '', '', '']),
  ]
}

function cellsOfUse({ seconds, web, postgres, students, memory }: Use): string[] {
  return [
    web.map((used) => percent(used / seconds)).join(' + '),
    percent(postgres / seconds),
    percent(students / seconds),
    whole(memory / 2 ** 20),
  ]
}

/** @returns a line of a table: processor milliseconds a request, by who used them. */
function costOf(name: string, requests: number, { web, postgres, students }: Use): string {
  const each = (used: number) => ((1000 * used) / requests).toFixed(2)
  const cells = [
    name,
    whole(requests),
    each(web.reduce((sum, used) => sum + used, 0)),
    each(postgres),
    each(students),
  ]
  return `| ${cells.join(' | ')} |`
}

const lineOf = (row: Row) => cellsOf(row).join(' · ')

function reportOf(rows: readonly Row[], students: number): string {
  // The pages and attempts of a start are one piece of work.
  const pieces = new Map<Use, Row[]>()
  for (const row of rows) if (row.use) pieces.set(row.use, [...(pieces.get(row.use) ?? []), row])
  const costs = [...pieces].map(([use, together]) =>
    costOf(
      together.map(({ name }) => name).join('; '),
      together.reduce((sum, { measured }) => sum + measured.requests, 0),
      use,
    ),
  )
  const [server, insert] = rows
  const most = rows.find(({ name }) => name.startsWith('saves, as many'))
  const share = (ceiling: Row | undefined) =>
    ceiling && most ? percent(most.measured.rate / ceiling.measured.rate) : '–'
  const header = [
    '',
    'requests',
    'a second',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'errors',
    'CPU of each web process',
    'of PostgreSQL',
    'of the students',
    'web MiB',
  ]
  return [
    '# Load bench',
    '',
    `Made by \`npm run bench:load\` on ${new Date().toISOString().slice(0, 10)}: ${students.toLocaleString('en-GB')} students, ${availableParallelism()} processors (${cpus()[0]?.model.trim()}), Node ${process.versions.node}. Web processes (${webProcesses}), database and all students share the machine; the students are signed in already, and ask for pages as they are, not compressed. Times count from when a request was due.`,
    '',
    `| ${header.join(' | ')} |`,
    `|---|${header
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
    ...rows.map((row) => `| ${cellsOf(row).join(' | ')} |`),
    '',
    'Processor milliseconds a request, which other work on the machine changes less than times:',
    '',
    '| | requests | web | PostgreSQL | students |',
    '|---|---:|---:|---:|---:|',
    ...costs,
    '',
    `A save reaches ${share(server)} of what a bare Node server answers here, and ${share(insert)} of bare INSERTs.`,
    '',
  ].join('\n')
}

await main()
