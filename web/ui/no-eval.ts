// Schemas are checked without code that is made as they run: the content policy forbids that, and reports whoever tries. Loaded before anything else.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
