import { demoAccounts } from '@/lib/auth/demo-accounts'
import { hashPassword } from '@/lib/auth/password'
import { staffDatabase } from '@/lib/database/staff'

/** Makes the demo accounts that are missing and enrols them; an account of the same email that is not demo stays. */
export async function addDemoAccounts(courseId: string): Promise<void> {
  for (const { name, email, password, role, operator = false } of demoAccounts) {
    const existing = await staffDatabase.user.findUnique({ where: { email } })
    if (existing && !existing.demo) continue
    const userId =
      existing?.id ??
      (
        await staffDatabase.user.create({
          data: { name, email, demo: true, operator, passwordHash: await hashPassword(password) },
        })
      ).id
    // Demo accounts of earlier releases have no rights on the site.
    if (existing && operator) await staffDatabase.user.update({ where: { id: userId }, data: { operator } })
    await staffDatabase.enrollment.createMany({ data: { userId, courseId, role }, skipDuplicates: true })
  }
}

/** Removes the demo accounts with everything that they did. */
export async function removeDemoAccounts(): Promise<void> {
  await staffDatabase.user.deleteMany({ where: { demo: true } })
}
