import { type Command, Option } from 'commander'
import { showBytes } from './byte-progress'
import { CommandError } from './command-error'

/** `vitrine objects`: where large files are kept, whether they are whole, and their way to another place. */
export function addObjectsCommand(program: Command): void {
  const objects = program.command('objects').description('models, pictures and files of figures')
  objects
    .command('list')
    .description('print how many there are at each place')
    .action(async () => {
      const { onDatabase } = await import('./on-database')
      const { readPlaceUses } = await import('@/lib/objects/data')
      for (const { bucket, objects, bytes } of await onDatabase(readPlaceUses))
        process.stdout.write(`${bucket ?? 'postgresql'}\t${objects} objects\t${bytes} bytes\n`)
    })
  objects
    .command('check')
    .description('read every object and compare it with its hash')
    .action(async () => {
      const { onDatabase } = await import('./on-database')
      const { checkObjects } = await import('@/lib/objects/moving')
      const line = showBytes(process.stderr)
      let count = 0
      let bytes = 0
      const wrong = await onDatabase(() =>
        checkObjects(({ sha256, size }) => {
          count += 1
          bytes += size
          line.report(sha256.slice(0, 12), bytes, bytes)
        }),
      )
      line.end()
      refuse(wrong)
      process.stdout.write(`${count} objects are as they were stored\n`)
    })
  objects
    .command('move')
    .description(
      'move all objects, and the files of figures, to where VITRINE_OBJECTS says; also while Vitrine runs',
    )
    .addOption(
      new Option('--to <place>', 'the place that VITRINE_OBJECTS names')
        .choices(['s3', 'postgresql'])
        .makeOptionMandatory(),
    )
    .action(async ({ to }: { readonly to: 's3' | 'postgresql' }) => {
      const { onDatabase } = await import('./on-database')
      const { moveObjects } = await import('@/lib/objects/moving')
      const { objectTarget } = await import('@/lib/objects/service')
      const { makeFilesObjects } = await import('@/lib/figures/mutations')
      const line = showBytes(process.stderr)
      let bytes = 0
      const report = (what: string, size: number) => {
        bytes += size
        line.report(what, bytes, bytes)
      }
      const { moved, refused } = await onDatabase(async () => {
        const target = objectTarget()
        const set = target === null ? 'postgresql' : 's3'
        if (to !== set)
          throw new CommandError(
            `VITRINE_OBJECTS says ${target ?? 'postgresql'}: new files go there. Set it for all processes and start them anew, ` +
              `then move with --to ${set}`,
          )
        if (target !== null) await makeFilesObjects((size) => report('files of figures', size))
        return moveObjects(target, ({ sha256, size }) => report(sha256.slice(0, 12), size))
      })
      line.end()
      process.stdout.write(`${moved} objects moved\n`)
      refuse(refused)
    })
}

function refuse(wrong: readonly Error[]): void {
  if (wrong.length > 0)
    throw new CommandError(
      `${wrong.length} objects are damaged and were left where they are; restore them from a backup: ` +
        wrong.map(({ message }) => message).join('; '),
    )
}
