import type { Command } from 'commander'
import { parseAnswers } from '@/lib/interchange/answers'
import { reportScores } from '@/lib/interchange/score-report'
import { readAssignment, readText } from '@/lib/interchange/service'

/** `vitrine grade FILE`: answers as JSON in, scores as JSON out; never a database. */
export function addGradeCommand(program: Command): void {
  program
    .command('grade')
    .description('score answers and print the scores as JSON')
    .argument('<file>', '{"answers": {"q01": ["q01-a"]}}, or for a class [{"student": "s1", "answers": {…}}]')
    .option('--assignment <file>', 'assignment in YAML; the one that comes with Vitrine by default')
    .action(async (file: string, options: { assignment?: string }) => {
      const document = await readAssignment(options.assignment)
      const answers = parseAnswers(await readText(file), document.questions, file)
      process.stdout.write(`${JSON.stringify(reportScores(document, answers), null, 2)}\n`)
    })
}
