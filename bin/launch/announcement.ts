export interface SignIn {
  readonly role: string
  readonly email: string
  readonly password: string
}

/**
 * What `npm start` prints when people can come: the address, and who they can be.
 *
 * @param seconds from the command to the first page
 */
export function announcement(
  address: string,
  seconds: number,
  signIns: readonly SignIn[],
  dataFolder: string,
): string {
  const width = (key: keyof SignIn) => Math.max(0, ...signIns.map((signIn) => signIn[key].length))
  const lines = ['', `  Vitrine   ${address}   (ready in ${seconds.toFixed(1)} s)`, '']
  if (signIns.length > 0) {
    lines.push('  Demo sign-ins (VITRINE_DEMO=off removes them)')
    for (const { role, email, password } of signIns) {
      lines.push(`    ${role.padEnd(width('role'))}   ${email.padEnd(width('email'))}   ${password}`)
    }
    lines.push('')
  }
  lines.push(`  Data in ${dataFolder}. Ctrl-C stops.`, '')
  return lines.join('\n')
}
