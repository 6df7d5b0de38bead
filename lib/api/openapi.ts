import { type ZodObject, type ZodType, z } from 'zod'
import { type Contract, problemsOf } from '@/lib/api/contract'
import { contracts } from '@/lib/api/contracts'
import { problemCodes, problems } from '@/lib/api/problems'
import { sessionCookie } from '@/lib/auth/session'
import { bilingualSchema } from '@/lib/questions/content'

const problemSchema = z.object({
  code: z.enum(problemCodes),
  message: bilingualSchema,
  action: z.string(),
  requestId: z.string(),
  fields: z.array(z.object({ path: z.string(), issue: z.string() })).optional(),
})

type Node = { [key: string]: unknown }

/** @returns the OpenAPI 3.1 document of all routes, made from the schemas that the routes check by. */
export function openApiDocument(version: string): Node {
  const paths: { [path: string]: Node } = {}
  for (const [operationId, contract] of Object.entries<Contract>(contracts)) {
    const operations = paths[contract.path] ?? {}
    operations[contract.method.toLowerCase()] = operation(operationId, contract)
    paths[contract.path] = operations
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Vitrine', version },
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: sessionCookie } },
    },
  }
}

function operation(operationId: string, contract: Contract): Node {
  return {
    operationId,
    summary: contract.summary,
    ...(contract.access === 'signed-in' && { security: [{ session: [] }] }),
    parameters: [...parameters(contract.params, 'path'), ...parameters(contract.query, 'query')],
    ...(contract.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchema(contract.body, 'input') } },
      },
    }),
    ...(contract.upload && {
      requestBody: {
        required: true,
        content: { [contract.upload.media]: { schema: { type: 'string', format: 'binary' } } },
      },
    }),
    responses: { 200: { description: 'Done', content: replyContent(contract) }, ...refusals(contract) },
  }
}

function replyContent({ reply }: Contract): Node {
  if ('media' in reply) return { [reply.media]: { schema: { type: 'string', format: 'binary' } } }
  return { 'application/json': { schema: jsonSchema(reply.schema, 'output') } }
}

function refusals(contract: Contract): Node {
  const byStatus = new Map<number, string[]>()
  for (const code of problemsOf(contract)) {
    const { status, action } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\`: ${action}`])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, lines]) => [
      status,
      {
        description: lines.join('\n\n'),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

function parameters(schema: ZodObject | undefined, place: 'path' | 'query'): Node[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Node
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }))
}

function jsonSchema(schema: ZodType, io: 'input' | 'output'): Node {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
