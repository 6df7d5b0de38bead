import type { Command } from 'commander'
import { Problem } from '@/lib/api/problem'
import { InterchangeError } from '@/lib/interchange/errors'
import { readText } from '@/lib/interchange/service'
import type { TableProblem } from '@/lib/sections/section-table'
import { wordTableProblem } from '@/lib/sections/wording'
import { fromCaller } from './caller-path'
import { CommandError } from './command-error'

/** `vitrine sections FILE`: puts students into sections, as a table says. */
export function addSectionsCommand(program: Command): void {
  program
    .command('sections')
    .description('put students of a course into sections, all that the table says or nothing')
    .argument('<file>', 'table with columns email and section, separated by commas, semicolons or tabs')
    .option('--course <slug>', 'course', 'explainable-ai')
    .action(async (file: string, { course }: { readonly course: string }) => {
      const table = await readText(fromCaller(file))
      // Loaded only now: commands that need no database start without one.
      const { onDatabase } = await import('./on-database')
      const { importSectionsAsOperator } = await import('@/lib/sections/mutations')
      const taken = await onDatabase(() => importSectionsAsOperator(course, table)).catch(
        (error: unknown) => {
          throw error instanceof Problem && error.code === 'table-refused' ? wrongLines(file, error) : error
        },
      )
      if (!taken) throw new CommandError(`there is no course ${course}; name another with --course`)
      const made = taken.made.length > 0 ? `; made: ${taken.made.join(', ')}` : ''
      process.stdout.write(`${taken.students} students read, ${taken.moved} moved${made}\n`)
    })
}

function wrongLines(file: string, { options }: Problem): InterchangeError {
  const lines = options.facts?.lines as readonly [TableProblem, ...TableProblem[]]
  const [first, ...others] = lines.map((problem) => ({
    path: '',
    line: problem.line,
    message: wordTableProblem(problem).en,
  }))
  return new InterchangeError(file, [first!, ...others])
}
