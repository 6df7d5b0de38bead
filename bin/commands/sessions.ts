import type { Command } from 'commander'
import { CommandError } from './command-error'

/** `vitrine sessions revoke`: signs people out on all devices, where a laptop was lost or a password got about. */
export function addSessionsCommand(program: Command): void {
  const sessions = program.command('sessions').description('who is signed in')
  sessions
    .command('revoke')
    .description('end all sessions of accounts, at once')
    .requiredOption('--email <address...>', 'email of an account, or several')
    .action(async ({ email }: { email: string[] }) => {
      // Loaded only now: commands that need no database start without one.
      const { onDatabase } = await import('./on-database')
      const { revokeSessionsByEmail } = await import('@/lib/auth/mutations')
      await onDatabase(async () => {
        const unknown = await revokeSessionsByEmail(email)
        if (unknown.length > 0)
          throw new CommandError(`no account has ${unknown.join(', ')}; nobody was signed out`)
      })
      process.stdout.write(`signed out everywhere: ${email.join(', ')}\n`)
    })
}
