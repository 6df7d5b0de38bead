import type { Command } from 'commander'
import type { InvitationLink } from '@/lib/people/view'
import { CommandError } from './command-error'

/** `vitrine operators` and `vitrine invite`: who runs the site, and the way into an account. */
export function addOperatorsCommand(program: Command): void {
  const operators = program.command('operators').description('who runs the site')
  operators
    .command('list')
    .description('print names and emails')
    .action(async () => {
      const { onDatabase } = await import('./on-database')
      const { listOperators } = await import('@/lib/auth/mutations')
      const found = await onDatabase(listOperators)
      process.stdout.write(found.map(({ name, email }) => `${email}\t${name}\n`).join(''))
    })
  operators
    .command('add')
    .description('make an account an operator; with --name, make the account where there is none')
    .argument('<email>', 'of the account')
    .option('--name <name>', 'of a new account, whose invitation is printed')
    .action(async (email: string, { name }: { readonly name?: string }) => {
      const { onDatabase } = await import('./on-database')
      const { setOperator } = await import('@/lib/auth/mutations')
      const { inviteAsOperator } = await import('@/lib/invitations/mutations')
      const link = await onDatabase(async () => {
        if (await setOperator(email, true)) return null
        if (name === undefined)
          throw new CommandError(`no account has ${email}; give its owner's name with --name to make it`)
        const made = await inviteAsOperator(email, name)
        await setOperator(email, true)
        return made
      })
      process.stdout.write(`operator: ${email}\n`)
      if (link) printLink(link)
    })
  operators
    .command('remove')
    .description('take the rights of an operator; the account stays')
    .argument('<email>', 'of the account')
    .action(async (email: string) => {
      const { onDatabase } = await import('./on-database')
      const { setOperator } = await import('@/lib/auth/mutations')
      await onDatabase(async () => {
        if (!(await setOperator(email, false))) throw new CommandError(`no account has ${email}`)
      })
      process.stdout.write(`no operator: ${email}\n`)
    })
  program
    .command('invite')
    .description('print a link by which an account gets a new password, once; for a lost one too')
    .argument('<email>', 'of the account')
    .option('--name <name>', 'make the account where there is none')
    .action(async (email: string, { name }: { readonly name?: string }) => {
      const { onDatabase } = await import('./on-database')
      const { inviteAsOperator } = await import('@/lib/invitations/mutations')
      const link = await onDatabase(() => inviteAsOperator(email, name ?? null))
      if (!link)
        throw new CommandError(`no account has ${email}; give its owner's name with --name to make it`)
      printLink(link)
    })
}

function printLink({ path, expiresAt }: InvitationLink): void {
  const site = process.env.NEXTAUTH_URL?.replace(/\/$/, '') ?? ''
  process.stdout.write(`${site}${path}\nvalid once, until ${expiresAt}\n`)
}
