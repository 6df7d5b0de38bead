import type { Command } from 'commander'
import { CommandError } from './command-error'

/** `vitrine examples add`: the second assignment that comes with Vitrine, taken in as an instructor takes in a file. */
export function addExamplesCommand(program: Command): void {
  const examples = program
    .command('examples')
    .description('assignments that come with Vitrine beside the first')
  examples
    .command('add')
    .description(
      'add “Sanity checks for saliency maps”, six questions with pictures of their own, to a course',
    )
    .option('--course <slug>', 'course', 'explainable-ai')
    .action(async ({ course }: { readonly course: string }) => {
      // Loaded only now: commands that need no database start without one.
      const { onDatabase } = await import('./on-database')
      const { readInstructor } = await import('@/lib/authoring/data')
      const { addExample } = await import('@/lib/authoring/examples')
      const { slug, known } = await onDatabase(async () => {
        const instructor = await readInstructor(course)
        if (!instructor)
          throw new CommandError(`there is no course ${course} with an instructor, in whose name it is added`)
        return addExample(instructor, course)
      })
      process.stdout.write(
        known
          ? `${course}/${slug} is there already and stays as it is\n`
          : `${course}/${slug} added and published; its figures wait behind those of the assignments before it\n`,
      )
    })
}
