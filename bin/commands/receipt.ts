import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { locateDataFolder } from '@/lib/data-folder'
import { deriveReceiptKey, readSettings } from '@/lib/environment'
import { InterchangeError } from '@/lib/interchange/errors'
import { readText } from '@/lib/interchange/service'
import { receiptPublicKey, verifyReceipt } from '@/lib/submission/signed-receipt'
import { fromCaller } from './caller-path'
import { CommandError } from './command-error'

const project = path.dirname(path.dirname(import.meta.dirname))

/** `vitrine receipt verify FILE` and `vitrine receipt public-key`: never a database. */
export function addReceiptCommand(program: Command): void {
  const receipt = program.command('receipt').description('check receipts of submissions')
  receipt
    .command('verify')
    .description(
      'check the signature of a receipt and print what it says as JSON; ends with code 1 if it is not genuine',
    )
    .argument('<file>', 'the receipt as text; - for standard input')
    .option(
      '--public-key <file>',
      'key in PEM, as from vitrine receipt public-key; this installation’s own by default',
    )
    .action(async (file: string, options: { publicKey?: string }) => {
      const key = options.publicKey ? await readPublicKey(options.publicKey) : ownPublicKey()
      const verdict = verifyReceipt(
        file === '-' ? readFileSync(0, 'utf8') : await readText(fromCaller(file)),
        key,
      )
      process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`)
      if (!verdict.valid) process.exitCode = 1
    })
  receipt
    .command('public-key')
    .description('print the key with which anybody can check the receipts of this installation')
    .action(() => {
      process.stdout.write(ownPublicKey())
    })
}

async function readPublicKey(file: string): Promise<string> {
  const pem = await readText(fromCaller(file))
  if (pem.includes('BEGIN PUBLIC KEY')) return pem
  throw new InterchangeError(file, [{ path: '', line: null, message: 'expected a public key in PEM' }])
}

/** The key of the server that these settings belong to: where it comes from is decided as `npm start` decides it. */
function ownPublicKey(): string {
  const settings = readSettings()
  if (settings.VITRINE_RECEIPT_KEY) return receiptPublicKey(settings.VITRINE_RECEIPT_KEY)
  if (settings.DATABASE_URL && settings.NEXTAUTH_SECRET)
    return receiptPublicKey(deriveReceiptKey(settings.NEXTAUTH_SECRET))
  const file = path.join(locateDataFolder(project, settings.VITRINE_DATA), 'secrets/receipts')
  if (existsSync(file)) return receiptPublicKey(readFileSync(file, 'utf8').trim())
  throw new CommandError(
    `there is no key: set VITRINE_RECEIPT_KEY, or VITRINE_DATA to the data folder of the installation (${file} is missing)`,
  )
}
