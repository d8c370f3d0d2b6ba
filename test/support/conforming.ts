import { z } from 'zod'
import type { createApp } from '../../src/http/app.ts'

type App = ReturnType<typeof createApp>
type Schema = Readonly<Record<string, unknown>>
type Content = Readonly<Record<string, { schema?: Schema }>>
type Operation = { responses: Readonly<Record<string, { content?: Content }>> }
type ApiDocument = {
  components: { schemas: Readonly<Record<string, Schema>> }
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/**
 * The same site, where every answer is compared with the form that the API document promises for it: one that is not of it fails the request,
 * and with it the test that asked, whatever that test is about.
 */
export function conforming(app: App): App {
  const answer = app.fetch
  let promised: Promise<Promises> | undefined
  app.fetch = async (request, ...rest) => {
    const response = await answer(request, ...rest)
    if (response.headers.get('content-type')?.includes('json') !== true) return response
    promised ??= Promise.resolve(answer(new Request('http://localhost:8080/api/openapi.json')))
      .then((document) => document.json() as Promise<ApiDocument>)
      .then((document) => new Promises(document))
    await (await promised).compare(request, response)
    return response
  }
  return app
}

/** What the API document promises of answers, by the address of a request. */
class Promises {
  private readonly document: ApiDocument
  private readonly paths: readonly { form: RegExp; operations: Readonly<Record<string, Operation>> }[]
  private readonly validators = new Map<string, z.ZodType>()

  constructor(document: ApiDocument) {
    this.document = document
    // Addresses without a name in them come first: 'people/invitations' is not the person 'invitations'.
    this.paths = Object.entries(document.paths)
      .sort(([a], [b]) => a.split('{').length - b.split('{').length)
      .map(([path, operations]) => ({ form: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`), operations }))
  }

  /** Throws where the answer is not of the form that it should have. */
  async compare(request: Request, response: Response): Promise<void> {
    const { pathname } = new URL(request.url)
    const method = request.method.toLowerCase()
    const found = this.paths.find(({ form, operations }) => form.test(pathname) && method in operations)
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';')
    const schema = found?.operations[method]?.responses[response.status]?.content?.[type]?.schema
    if (schema === undefined) return
    const issues = this.validatorOf(schema).safeParse(await response.clone().json()).error?.issues
    if (issues === undefined) return
    const what = `${method} ${pathname} answered ${response.status} in a form that its document does not know`
    throw new Error(`${what}: ${JSON.stringify(issues.slice(0, 3))}`)
  }

  private validatorOf(schema: Schema): z.ZodType {
    const key = JSON.stringify(schema)
    const known = this.validators.get(key)
    if (known !== undefined) return known
    const text = JSON.stringify({ ...schema, $defs: this.document.components.schemas })
    const made = z.fromJSONSchema(
      JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as z.core.JSONSchema.JSONSchema,
    )
    this.validators.set(key, made)
    return made
  }
}
