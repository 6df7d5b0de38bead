import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { RandomStream } from '@/lib/explainers/random'
import { simulateMachine, timesOf } from './scale/installation'
import { type Plan, plan } from './scale/plan'
import { quantile } from './scale/queueing'
import { Cohort, type MeasuredCosts, machineName, measureCosts, play, type RealRun } from './scale/real-run'
import { checkRecorded, recordedCosts } from './scale/recorded'
import { deadlineHour, drawRequests, type Habits, REQUESTS, type RequestName } from './scale/traffic'
import { openSite } from './school/site'

/**
 * What the hour before a deadline takes for up to 100,000 students. Costs of single requests are measured on the real
 * site; a model of queues is checked against a real run of mixed requests, and then says which machines are needed.
 *
 *   npm run bench:scale -- [--students 100,1000,…] [--cohort 60] [--seconds 60] [--report docs/…md]
 *     [--web-cores 8] [--web-core-hour 0.04] [--database-core-hour 0.10] (any currency)
 *     [--keep FILE] [--costs FILE]: keep what was measured, or take it instead of measuring
 *     [--recorded]: take what docs/performance.md has
 */

const { values } = parseArgs({
  options: {
    students: { type: 'string', default: '1000,3000,10000,30000,100000' },
    cohort: { type: 'string', default: '60' },
    seconds: { type: 'string', default: '60' },
    'web-cores': { type: 'string', default: '8' },
    'web-core-hour': { type: 'string', default: '0.04' },
    'database-core-hour': { type: 'string', default: '0.10' },
    keep: { type: 'string' },
    costs: { type: 'string' },
    recorded: { type: 'boolean' },
    report: { type: 'string' },
  },
})

/** The deadline hour in a minute, with fewer pages: a machine that is shared with its students would drown in all of them. */
const shortHour: Habits = {
  ...deadlineHour,
  page: { ...deadlineHour.page, times: 8 },
  read: { ...deadlineHour.read, times: 8 },
}

interface Measured {
  readonly machine: string
  readonly costs: MeasuredCosts
  /** null: only costs are known. */
  readonly run: RealRun | null
}

async function measure(): Promise<Measured> {
  const cohort = Number(values.cohort)
  const site = await openSite(path.resolve(import.meta.dirname, '../..'), { students: 2 * cohort })
  try {
    const costs = await measureCosts(site, new Cohort(site, 0, cohort))
    const hour = { students: cohort, seconds: Number(values.seconds), habits: shortHour }
    const planned = [...drawRequests(hour, new RandomStream(1, 'check'))]
    const run = await play(site, new Cohort(site, cohort, 2 * cohort), planned)
    return { machine: machineName(), costs, run }
  } finally {
    await site.close()
  }
}

const ms = (seconds: number) => (seconds * 1000).toFixed(seconds < 0.01 ? 2 : seconds < 0.1 ? 1 : 0)
const percent = (share: number) => `${Math.round(share * 100)} %`
const whole = (value: number) => Math.round(value).toLocaleString('en-GB')

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [
    `| ${header.join(' | ')} |`,
    `|---|${header
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ]
}

function costTable(costs: MeasuredCosts): string[] {
  return table(
    ['processor milliseconds of one request', 'web', 'PostgreSQL', 'student'],
    REQUESTS.map((name) => [name, ms(costs[name].web), ms(costs[name].database), ms(costs[name].students)]),
  )
}

/** The real run beside what the model makes of the very same requests. */
function checkTable(costs: MeasuredCosts, run: RealRun): string[] {
  const machine = { processors: availableParallelism(), other: run.other }
  const modelled = timesOf(simulateMachine(run.asked, costs, machine, new RandomStream(2, 'check')))
  const expected = (part: 'web' | 'database') =>
    run.asked.reduce((sum, { request }) => sum + costs[request][part], 0)
  const beside = (measured: number, model: number, unit = '') => [
    `${measured.toFixed(unit ? 1 : 0)}${unit}`,
    `${model.toFixed(unit ? 1 : 0)}${unit}`,
    measured > 0
      ? `${model >= measured ? '+' : '−'}${Math.abs(Math.round((model / measured - 1) * 100))} %`
      : '–',
  ]
  const shown: readonly RequestName[] = ['page', 'save', 'submit']
  return table(
    ['', 'measured', 'model', 'error'],
    [
      ['processor seconds, web', ...beside(run.web, expected('web'), ' s')],
      ['processor seconds, PostgreSQL', ...beside(run.database, expected('database'), ' s')],
      ...shown.flatMap((name) =>
        ([0.5, 0.95] as const).map((share) => [
          `${name}, p${share * 100}, ms`,
          ...beside(
            quantile(run.times[name], share) * 1000,
            modelled[name][share === 0.5 ? 'p50' : 'p95'] * 1000,
          ),
        ]),
      ),
    ],
  )
}

function recordedTable(): string[] {
  return table(
    ['bench:load on a quiet machine', 'machine busy', 'p50 ms', 'model', 'p95 ms', 'model'],
    checkRecorded().map(({ name, load, measured: real, model }) => [
      name,
      percent(load),
      ms(real.p50),
      ms(model.p50),
      ms(real.p95),
      ms(model.p95),
    ]),
  )
}

function planTable(plans: readonly Plan[]): string[] {
  return table(
    [
      'students',
      'requests a second at the end',
      'web machines',
      'web processes',
      'busy',
      'database cores',
      'busy',
      'at once in the database',
      'page p95 ms',
      'save p95 ms',
      'submit p95 ms',
      'cost of the hour',
    ],
    plans.map((one) => [
      whole(one.students),
      whole(one.peak),
      whole(one.webMachines),
      whole(one.webProcesses),
      percent(one.webUse),
      whole(one.databaseCores),
      percent(one.databaseUse),
      whole(one.mostInDatabase),
      ms(one.times.page.p95),
      ms(one.times.save.p95),
      ms(one.times.submit.p95),
      one.hourCost.toFixed(2),
    ]),
  )
}

async function obtain(): Promise<Measured> {
  if (values.recorded)
    return { machine: 'the quiet machine of docs/performance.md', costs: recordedCosts, run: null }
  if (values.costs) return JSON.parse(await readFile(values.costs, 'utf8')) as Measured
  return measure()
}

const measured = await obtain()
if (values.keep) await writeFile(values.keep, JSON.stringify(measured))
const prices = {
  webCores: Number(values['web-cores']),
  webCoreHour: Number(values['web-core-hour']),
  databaseCoreHour: Number(values['database-core-hour']),
}
const plans = values.students.split(',').map((students) => plan(Number(students), measured.costs, prices))
const { run } = measured
const told =
  run &&
  `; other work took ${run.other.toFixed(2)} processors meanwhile. ${whole(run.asked.length)} mixed requests in ${Math.round(run.seconds)} s, ${run.errors} errors`
const report = [
  `Measured on ${measured.machine}, Node ${process.versions.node}, with the students on the same machine${told ?? ''}.`,
  '',
  ...costTable(measured.costs),
  '',
  ...(run ? [...checkTable(measured.costs, run), ''] : []),
  ...recordedTable(),
  '',
  `Machines for the hour before a deadline, prices in any currency: web machines of ${prices.webCores} cores at ${prices.webCoreHour} a core and hour, the database at ${prices.databaseCoreHour}:`,
  '',
  ...planTable(plans),
  '',
].join('\n')
console.log(report)
if (values.report) await writeFile(values.report, report)
process.exit(0)
