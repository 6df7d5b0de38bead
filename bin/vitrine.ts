import { type Command, CommanderError, program } from 'commander'
import { BackupError } from '@/lib/backup/manifest'
import { EmbeddedDatabaseError } from '@/lib/database/embedded/installation'
import { DemoClassError } from '@/lib/demo-class/errors'
import { EnvironmentError } from '@/lib/environment'
import { ExplainerError } from '@/lib/explainers/errors'
import { ProviderFailure } from '@/lib/explainers/runtime/provider'
import { GpuError } from '@/lib/gpu/errors'
import { InterchangeError } from '@/lib/interchange/errors'
import { ObjectError } from '@/lib/objects/store'
import { addBackupCommands } from './commands/backup'
import { CommandError } from './commands/command-error'
import { addCorpusCommand } from './commands/corpus'
import { addDemoCommand } from './commands/demo'
import { addDoctorCommand } from './commands/doctor'
import { addExamplesCommand } from './commands/examples'
import { addExplainCommand } from './commands/explain'
import { addExplainLanguageCommand, languageMethods } from './commands/explain-language'
import { addGpuCommand } from './commands/gpu'
import { addGradeCommand } from './commands/grade'
import { addModelsCommand } from './commands/models'
import { addObjectsCommand } from './commands/objects'
import { addOperatorsCommand } from './commands/operators'
import { addQuestionsCommand } from './commands/questions'
import { addReceiptCommand } from './commands/receipt'
import { addSectionsCommand } from './commands/sections'
import { addSessionsCommand } from './commands/sessions'
import { addTritonCommand } from './commands/triton'
import { addVerifyCommand } from './commands/verify'

/**
 * The command line: `npm run --silent vitrine -- COMMAND`. Results go to standard output. A mistake of the caller
 * (unknown command, wrong parameter, unreadable file) ends with code 2 and one line on standard error that says
 * what is allowed.
 */

const wrongUse = 2

/** Errors whose message is written for whoever typed the command. */
const expected = [
  InterchangeError,
  ExplainerError,
  ProviderFailure,
  GpuError,
  DemoClassError,
  CommandError,
  BackupError,
  EmbeddedDatabaseError,
  EnvironmentError,
  ObjectError,
]

// Set before the commands are added, as each inherits it. Commander's own error text is silenced: it takes several
// lines and does not say what is allowed.
program
  .name('vitrine')
  .description('explain a model, and read, check and grade the assignment about it')
  .exitOverride()
  .configureOutput({ writeErr: () => {} })
  .showSuggestionAfterError(false)

// One command to whoever types it, two to us: methods for pictures and for text share no option but --out.
const [command, method] = process.argv.slice(2)
if (command === 'explain' && languageMethods.includes(method ?? '')) addExplainLanguageCommand(program)
else addExplainCommand(program)
addModelsCommand(program)
addCorpusCommand(program)
addQuestionsCommand(program)
addGradeCommand(program)
addDemoCommand(program)
addExamplesCommand(program)
addDoctorCommand(program)
addVerifyCommand(program)
addReceiptCommand(program)
addSectionsCommand(program)
addBackupCommands(program)
addSessionsCommand(program)
addOperatorsCommand(program)
addObjectsCommand(program)
addTritonCommand(program)
addGpuCommand(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    if (error.exitCode !== 0) fail(wordWrongUse(error, commandIn(process.argv.slice(2))))
  } else if (expected.some((kind) => error instanceof kind)) fail((error as Error).message)
  else throw error
}

function fail(message: string): void {
  process.stderr.write(`error: ${message.replace(/\s+/g, ' ')}\n`)
  process.exitCode = wrongUse
}

function wordWrongUse(error: CommanderError, command: Command): string {
  // Commander answers a missing subcommand with help instead of an error.
  const wrong =
    error.code === 'commander.help' ? 'a command is missing' : error.message.replace(/^error: /, '')
  const help = command.createHelp()
  if (command.commands.length > 0)
    return `${wrong}; allowed are ${command.commands.map((child) => child.name()).join(', ')}`
  const options = help.visibleOptions(command).map((option) => option.flags)
  return `${wrong}; usage: ${help.commandUsage(command)}, options: ${options.join('; ')}`
}

/** The command that the arguments name, as far as they name one. */
function commandIn(words: readonly string[]): Command {
  let command: Command = program
  for (const word of words) {
    const child = command.commands.find((candidate) => candidate.name() === word)
    if (child === undefined) break
    command = child
  }
  return command
}
