import type { Role } from '@/lib/auth/permissions'

export interface DemoAccount {
  readonly role: Role
  readonly name: string
  readonly email: string
  /** Public: printed at start and shown on the sign-in page. These accounts exist in demo mode only. */
  readonly password: string
  /** Runs the site too. */
  readonly operator?: true
}

/** The only accounts whose passwords are known beforehand. Without demo mode they are removed and cannot sign in. */
export const demoAccounts: readonly DemoAccount[] = [
  { role: 'STUDENT', name: 'Yu-Ting Lin', email: 'student@vitrine.example', password: 'student-demo' },
  { role: 'STUDENT', name: 'Wei Chen', email: 'student2@vitrine.example', password: 'student-demo' },
  { role: 'TA', name: 'Mei Huang', email: 'ta@vitrine.example', password: 'ta-demo' },
  {
    role: 'INSTRUCTOR',
    name: 'Hao Wang',
    email: 'instructor@vitrine.example',
    password: 'instructor-demo',
    operator: true,
  },
]
