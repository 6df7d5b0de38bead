/** The schema of the student client: `schema` without the fields whose comment says "staff only". */
export function withoutStaffFields(schema: string): string
