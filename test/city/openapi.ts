import { z } from 'zod'
import { DocumentsMissing, FeedbackConflict, FeedbackRejected, OPERATIONS, PhotosMissing, SubmissionConflict, SubmissionRejected, type Operation } from './operations'
import { ProblemBody } from './problem'

type Json = Readonly<Record<string, unknown>>

/** A zod schema as JSON Schema 2020-12, as OpenAPI 3.1 wants it. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io })
  return rest
}

/** Refusals whose body says more than a plain problem. */
const RICHER: Readonly<Record<string, Readonly<Record<number, z.ZodType>>>> = {
  submit: { 409: SubmissionConflict, 422: SubmissionRejected, 424: DocumentsMissing },
  sendFeedback: { 409: FeedbackConflict, 422: FeedbackRejected, 424: PhotosMissing },
}

const REFUSALS: Readonly<Record<number, string>> = {
  400: 'Not shaped as described', 401: 'No valid token or assertion', 403: 'Not this caller', 404: 'Not there', 409: 'Contradicts what is stored',
  410: 'Expired', 412: 'Tus-Resumable missing', 413: 'Too large', 415: 'Not JSON', 422: 'Refused by a rule of the city', 424: 'Documents not confirmed yet',
  429: 'Too often; Retry-After in seconds', 460: 'SHA-256 of the stored bytes differs',
}

function parameters(operation: Operation): Json[] {
  const from = (schema: z.ZodObject | undefined, place: string): Json[] =>
    Object.entries<z.ZodType>(schema?.shape ?? {}).map(([name, field]) => ({ name, in: place, required: place === 'path', schema: schemaOf(field, 'input') }))
  const headers = Object.entries(operation.headers ?? {}).map(([name, description]) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } }))
  return [...from(operation.params, 'path'), ...from(operation.query, 'query'), ...headers]
}

function responses(name: string, operation: Operation): Json {
  const good = Object.entries(operation.answers).map(([status, { about, schema }]): [string, Json] => [
    status, { description: about, ...(schema ? { content: { 'application/json': { schema: schemaOf(schema) } } } : {}) },
  ])
  const bad = operation.refusals.map((status): [string, Json] => {
    const richer = RICHER[name]?.[status]
    const schema = richer ? schemaOf(richer) : { $ref: '#/components/schemas/Problem' }
    return [String(status), { description: REFUSALS[status] ?? '', content: { 'application/problem+json': { schema } } }]
  })
  return Object.fromEntries<Json>([...good, ...bad])
}

function describe(name: string, operation: Operation): Json {
  const list = parameters(operation)
  const { body } = operation
  const content = body && { [body.type]: { schema: body.schema ? schemaOf(body.schema, 'input') : { type: 'string', format: 'binary' } } }
  return {
    operationId: name,
    summary: operation.summary,
    ...(operation.open ? { security: [] } : {}),
    ...(list.length > 0 ? { parameters: list } : {}),
    ...(content ? { requestBody: { required: body.schema !== undefined, content } } : {}),
    responses: responses(name, operation),
  }
}

/** The OpenAPI 3.1 description of the city, made from the schemas that the city itself checks with. */
export function buildOpenApi(): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(name, operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Một Cửa: reference city', version: '1', description: 'How a counter talks to the city; see docs/city-protocol.md.' },
    security: [{ client: [] }],
    paths,
    components: {
      schemas: { Problem: schemaOf(ProblemBody) },
      securitySchemes: { client: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: {} } } } },
    },
  }
}

/** What `openapi.json` holds. */
export function openApiText(): string {
  return `${JSON.stringify(buildOpenApi(), null, 2)}\n`
}
