import { type Command, InvalidArgumentError } from 'commander'

const mostStudents = 10_000

interface DemoOptions {
  readonly students: number
  readonly seed: number
  readonly course: string
  readonly assignment: string
  readonly remove?: true
}

/** `vitrine demo`: a class of simulated students in the running installation's database. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('fill an assignment with simulated students, marked as such, or remove them')
    .option('--students <count>', `1 to ${mostStudents}`, wholeNumber(1, mostStudents), 300)
    .option('--seed <number>', 'the same seed makes the same class', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--course <slug>', 'course', 'explainable-ai')
    .option('--assignment <slug>', 'assignment of the course', 'hw9')
    .option('--remove', 'remove every simulated student with all that was simulated')
    .action(async ({ students, seed, course, assignment, remove }: DemoOptions) => {
      // Loaded only now: commands that need no database start without one.
      const { onDatabase } = await import('./on-database')
      const { addDemoClass, removeDemoClass } = await import('@/lib/demo-class/mutations')
      const say = (line: string) => process.stdout.write(`${line}\n`)
      await onDatabase(async () => {
        if (remove) return say(`${await removeDemoClass()} simulated students removed`)
        const made = await addDemoClass({
          courseSlug: course,
          assignmentSlug: assignment,
          students,
          seed,
          now: new Date(),
        })
        say(
          `${made.students} simulated students in ${course}/${assignment}: ${made.submitted} submitted, ` +
            `${made.working} working, ${made.answers} answers. vitrine demo --remove removes them`,
        )
      })
    })
}

function wholeNumber(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`expected a whole number from ${minimum} to ${maximum}`)
  }
}
