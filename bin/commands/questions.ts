import type { Command } from 'commander'
import { formatAssignmentJson } from '@/lib/interchange/assignment-document'
import { readAssignment, writeText } from '@/lib/interchange/service'

/** `vitrine questions export`: reads the assignment's file, never a database. */
export function addQuestionsCommand(program: Command): void {
  const questions = program.command('questions').description('the assignment as data')
  questions
    .command('export')
    .description('check the assignment and print it as JSON, keys included')
    .option('--assignment <file>', 'assignment in YAML; the one that comes with Vitrine by default')
    .option('--out <file>', 'write the JSON to a file instead of printing it')
    .action(async (options: { assignment?: string; out?: string }) => {
      const json = formatAssignmentJson(await readAssignment(options.assignment))
      if (options.out === undefined) process.stdout.write(json)
      else await writeText(options.out, json)
    })
}
