import { parseArgs } from 'node:util'
import { authorizeAssignment, authorizeRegrade, type Viewer } from '@/lib/auth/gate'
import { applyRegrade } from '@/lib/regrading/applying/mutations'
import { readRegrade } from '@/lib/regrading/data'
import { readRegradableParts } from '@/lib/regrading/drafting/data'
import { draftRegrade, draftUndo } from '@/lib/regrading/mutations'
import { bundled, demoViewer, inLargeClass, timed } from './large-class'

/**
 * How long a change of one key takes in a large class: the preview as its page reads it, applying it, and taking it back, on
 * a database of its own with the bundled assignment's 32 parts. The goals are 2 s for the preview and 10 s for applying it
 * to 10,000 attempts, on two cores.
 *
 *   npx tsx tests/bench/regrade.ts [--students 11000] [--rounds 5]
 */

const { values } = parseArgs({
  options: { students: { type: 'string', default: '11000' }, rounds: { type: 'string', default: '5' } },
})

async function measure(): Promise<void> {
  const viewer = await demoViewer('instructor')
  const access = await authorizeAssignment(viewer, bundled, 'regrade.draft')
  const found = (await readRegradableParts(access)).find(({ partId }) => partId === 'q01')!
  const other = found.part.options.find(({ id }) => !found.key.correct.includes(id))!
  const { regradeId } = await draftRegrade(access, {
    changes: [
      {
        policy: 'new',
        questionVersionIds: found.versions.map(({ questionVersionId }) => questionVersionId),
        partId: 'q01',
        correct: [other.id],
        rule: found.key.rule,
        points: found.points,
        explanation: found.key.explanation,
      },
    ],
    reason: { zh: '', en: 'Measured.' },
  })
  await previewAndApply(viewer, regradeId, 'key')
  const drafting = await authorizeRegrade(viewer, { regradeId }, 'regrade.draft')
  const undo = await draftUndo(drafting)
  await previewAndApply(viewer, undo.regradeId, 'undo')
}

async function previewAndApply(viewer: Viewer, regradeId: string, what: string): Promise<void> {
  const look = async () => readRegrade(await authorizeRegrade(viewer, { regradeId }, 'regrade.draft'))
  const times: number[] = []
  for (let round = 0; round < Number(values.rounds); round += 1)
    times.push(Math.round((await timed(look)).ms))
  times.sort((one, another) => one - another)
  console.log(`${what}: preview median ${times[Math.floor(times.length / 2)]} ms, slowest ${times.at(-1)} ms`)
  const { fingerprint, effect } = await look()
  const access = await authorizeRegrade(viewer, { regradeId }, 'regrade.apply')
  const applied = await timed(() =>
    applyRegrade(access, { fingerprint: fingerprint!, keyReason: 'Measured.' }),
  )
  console.log(
    `${what}: applied in ${Math.round(applied.ms)} ms; ${effect.moved} of ${effect.scores} scores moved`,
  )
  console.log(`${what}: the applied one is read in ${Math.round((await timed(look)).ms)} ms`)
}

await inLargeClass(Number(values.students), measure)
