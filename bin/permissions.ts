import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { permissionsDocument } from '@/lib/auth/permissions'

/** `npm run permissions`: writes docs/permissions.md from the permission matrix. */

const file = path.join(import.meta.dirname, '../docs/permissions.md')
writeFileSync(file, permissionsDocument())
process.stdout.write(`Wrote ${path.relative(process.cwd(), file)}\n`)
