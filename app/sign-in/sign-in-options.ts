import { type DemoAccount, demoAccounts } from '@/lib/auth/demo-accounts'
import { institutionName } from '@/lib/auth/options'
import { environment } from '@/lib/environment'

/** What the sign-in page offers besides its form. Demo accounts, whose passwords everybody knows, in demo mode only. */
export function readSignInOptions(): {
  readonly demoAccounts: readonly DemoAccount[]
  readonly institution: string | null
} {
  return { demoAccounts: environment().demo ? demoAccounts : [], institution: institutionName() }
}
