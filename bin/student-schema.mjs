/**
 * The schema of the student client: the staff schema without the fields whose comment says "staff only".
 *
 * @param {string} schema text of prisma/schema.prisma
 * @returns {string} a schema to be kept in node_modules/.cache/vitrine, which generates lib/database/generated-student
 */
export function withoutStaffFields(schema) {
  const lines = schema.split('\n')
  const kept = lines.filter((line) => !/\/\/.*\bstaff only\b/.test(line))
  if (kept.length === lines.length) {
    throw new Error(
      'prisma/schema.prisma marks no field as "staff only": the student client would see the keys.',
    )
  }
  const output = /^(\s*output\s*=\s*).*$/m
  if (!output.test(schema)) throw new Error('prisma/schema.prisma names no output folder for the client.')
  return kept.join('\n').replace(output, '$1"../../../lib/database/generated-student"')
}
