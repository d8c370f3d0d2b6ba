// Written by `npm run client` from the API document. Never edited by hand.

/** Name and password make a new person; whoever is signed in leaves them out. */
export type Acceptance = { token: string; name?: string; password?: string }

export type Accepted = { companyId: Id }

export type Account = { id: Id; code: string; name: string; class: "asset" | "liability" | "equity" | "income" | "expense"; role: string | null; groupCode: string | null; endedOn: string | null; cashFlow: "cash" | "operating" | "investing" | "financing" | null }

export type AccountChange = { name?: string; groupCode?: string | null; endedOn?: string | null; cashFlow?: "cash" | "operating" | "investing" | "financing" | null }

export type AccountChoice = { legacyAccount: string; account: string; name?: string; class?: "asset" | "liability" | "equity" | "income" | "expense" }

export type AccountChoices = { accounts: (AccountChoice)[] }

export type AccountMerge = { from: (string)[]; into: string; reason: string; end?: boolean }

/** Who did something: a person, one of their keys, an operator, or the product. */
export type Actor = { actor: string; kind: "person" | "key" | "operator" | "product"; name: string; key: string | null }

export type ApiKey = { id: Id; userId: number; name: string; hint: string; scopes: (Permission)[]; createdAt: string; expiresAt: string; state: "active" | "revoked" | "expired"; key?: string }

/** How much settled it, in the base currency. */
export type Applied = { amount: string }

export type AppliedMapping = { applicationId: Id | null; lines: number; entries: number; amount: Money }

export type Approval = { reason?: string }

/** What somebody is to decide on, with all that it would do. */
export type ApprovalDetail = { id: Id; kind: "journal" | "draft" | "reversal" | "reclassification" | "applied_mapping" | "account_merge" | "remedy" | "recurring_day" | "opening_balances" | "bad_debt" | "forfeiture" | "year_closing" | "period_reopening" | "bank_details" | "approval_rule"; summary: string; amount: Money | null; requestedBy: string; requestedAt: string; state: "pending" | "approved" | "declined"; decidedBy: string | null; decidedAt: string | null; reason: string; requestedByName: string; decidedByName: string | null; own: boolean; changes: ({ field: string; before: string | null; after: string | null })[]; kept: boolean; entryCount: number; lineCount: number; debits: { amount: string; currency: string }; moves: ({ from: { code: string; name: string }; to: { code: string; name: string }; lines: number; amount: Money })[]; entries: ({ reference: string; date: string; rule: string; description: string; documentReference: string | null; reason: string; reversesOn: string | null; attachments: ({ id: Id; name: string; mediaType: string; bytes: number })[] })[]; lines: ({ reference: string; date: string; account: { code: string; name: string }; amount: Money; currencyAmount: Money | null; party: string | null; partyName: string | null; document: string | null; dueOn: string | null; taxCode: string | null; taxBase: Money | null })[]; refusal: { code: string; message: string } | null }

/** What one person asked for, and what another made of it. */
export type ApprovalRequest = { id: Id; kind: "journal" | "draft" | "reversal" | "reclassification" | "applied_mapping" | "account_merge" | "remedy" | "recurring_day" | "opening_balances" | "bad_debt" | "forfeiture" | "year_closing" | "period_reopening" | "bank_details" | "approval_rule"; summary: string; amount: Money | null; requestedBy: string; requestedAt: string; state: "pending" | "approved" | "declined"; decidedBy: string | null; decidedAt: string | null; reason: string }

export type ApprovalRule = { kind: "journal" | "period_reopening" | "year_closing" | "bank_details"; above: Money | null; active: boolean }

export type ApprovalRuleChange = { active: boolean; above?: string }

/** A file beside a journal, an entry or a document, known by its hash. */
export type Attachment = { id: Id; subject: string; of: string; name: string; mediaType: string; bytes: number; sha256: string; addedBy: string; addedAt: string }

export type AuditLog = { rows: (AuditedChange)[]; next: string | null }

export type AuditedChange = { id: Id; area: "company" | "people"; table: string; operation: "insert" | "update" | "delete"; before: Record<string, unknown> | null; after: Record<string, unknown> | null; actor: string; actorName: string; at: string; accounts: Record<string, { code: string; name: string }>; names: Record<string, string> }

/** A bank account into which the company is paid. */
export type BankAccount = { name: string; holder: string; bank: string; currency: string; iban: string | null; bic: string | null; sortCode: string | null; routingNumber: string | null; accountNumber: string | null; active: boolean }

/** An IBAN, or an account number with a sort code, a routing number or a BIC. Spaces and hyphens are left out. */
export type BankAccountChange = { holder: string; bank?: string; currency: string; iban?: string | null; bic?: string | null; sortCode?: string | null; routingNumber?: string | null; accountNumber?: string | null; active?: boolean }

export type Budget = { id: string; code: string; name: string; from: string | null; to: string | null; amounts: number }

export type BudgetAmounts = { replace?: boolean; amounts: ({ account: string; month: Month; channel?: string; amount: string })[] }

/** What a budget holds: no two amounts of one account, month and channel, and none that is zero. */
export type BudgetPlan = { code: string; name: string; amounts: ({ account: string; month: string; channel: string | null; amount: string })[] }

export type CashAccount = { amount: Money; source: Source; code: string; name: string; role: string | null }

/** Where sales come from: imports and documents add those that they name. */
export type Channel = { id: Id; code: string; name: string }

export type Company = { id: Id; name: string; country: string; baseCurrency: string; timeZone: string; fiscalYearStartMonth: number; chart: string }

export type CompanyChange = { name?: string; timeZone?: string; fiscalYearStartMonth?: number; country?: string; baseCurrency?: string; chart?: string }

export type CompanyIdentity = { identity: CompanyIdentityVersion | null; until: string | null; versions: number; withdrawn: number }

/** All of it: what is left out is not told any more from that day on. */
export type CompanyIdentityChange = { legalName: string; tradingName?: string | null; registrationNumber?: string | null; registrationScheme?: string | null; identifier?: string | null; identifierScheme?: string | null; electronicAddress?: string | null; electronicAddressScheme?: string | null; legalInformation?: string | null; contact?: string | null; phone?: string | null; email?: string | null; website?: string | null; registeredAddress?: WrittenAddress | null; tradingAddress?: WrittenAddress | null; returnsAddress?: WrittenAddress | null; effectiveFrom?: string | null }

/** Who a company is before the law, from a day on. */
export type CompanyIdentityVersion = { version: number; effectiveFrom: string | null; legalName: string; tradingName: string | null; registrationNumber: string | null; registrationScheme: string | null; identifier: string | null; identifierScheme: string | null; electronicAddress: string | null; electronicAddressScheme: string | null; legalInformation: string | null; contact: string | null; phone: string | null; email: string | null; website: string | null; registeredAddress: PostalAddress | null; tradingAddress: PostalAddress | null; returnsAddress: PostalAddress | null; author: string; authorName: string; recordedAt: string; withdrawnAt: string | null }

export type CompanyProposal = { country: string; name: string; currency: string | null; chart: string; chartTitle: string; timeZone: string; fiscalYearStartMonth: number; taxRules: "vat" | "none"; taxAuthority: string | null; standardTaxRate: string | null }

export type Counted = { count: number | null; more: boolean }

export type Customer = { id: Id; number: string; name: string; country: string | null; paymentDays: number }

export type CustomerChange = { name?: string; country?: string | null; paymentDays?: number }

export type CustomerName = { number: string; name?: string }

export type Decline = { reason: string }

/** In which country a destination is that a source writes in words of its own. */
export type DestinationName = { name: string; country: string }

export type DestinationRule = { id: Id; destination: string; taxCode: string; raisesException: boolean; effectiveFrom: string; version: number }

/** A sales document. Amounts are signed: a credit note is negative. */
export type Document = { id: Id; kind: "invoice" | "credit_note" | "bad_debt" | "stock_adjustment" | "free_items" | "order"; source: string; number: string; issuedOn: string; dueOn: string | null; customer: Id | Customer | null; customerNumber: string | null; country: string | null; order: string | null; settlement: "on_account" | "paid" | "none"; prices: "net" | "gross"; net: Money; tax: Money; gross: Money; ordered: Money | null; open: Money | null; earlyPayment: { percent: string; until: string; endedOn: string | null } | null; credits: Id | Document | null; lines?: ({ lineNo: number; item: string | null; code: string; description: string; quantity: string; unitPrice: string; net: Money; role: string | null; taxCode: string | null; creditedQuantity: string })[]; taxes?: ({ taxCode: string; base: Money; tax: Money })[]; payments?: (Payment)[]; seller?: DocumentSeller; payTo?: (PayTo)[] }

/** Who the company was before the law on a document's day: BG-4 of EN 16931. */
export type DocumentSeller = { legalName: string; tradingName: string | null; registrationNumber: string | null; registrationScheme: string | null; identifier: string | null; identifierScheme: string | null; electronicAddress: string | null; electronicAddressScheme: string | null; legalInformation: string | null; contact: string | null; phone: string | null; email: string | null; website: string | null; address: PostalAddress | null; taxNumbers: ({ country: string; authority: string; scheme: "vat" | "vat_ni" | "gst" | "abn" | "ein" | "sales_tax" | "oss" | "oss_non_union" | "ioss" | "eori" | "tax_number"; number: string })[] }

export type Done = { done: true }

/** An invoice or a bill of earlier books. It posts nothing here. */
export type EarlierDocument = { id: Id; kind: "invoice" | "bill"; source: string; externalId: string; number: string; party: Id | null; partyNumber: string | null; issuedOn: string; dueOn: string; status: string; currency: string; rate: string; total: Money; tax: Money; open: { amount: string; currency: string } }

export type EarlyPaymentEnding = { on: string; reason: string }

/** What of an invoice may be kept by paying it until a day. */
export type EarlyPaymentTerm = { id: string; number: string; customer: Id | null; customerName: string | null; percent: string; until: string; endedOn: string | null; reason: string | null; gross: Money; open: Money | null }

/** An entry of the journal, with why each line is where it is. A debit is positive. */
export type Entry = { entryId: Id; number: string | null; date: string; effectiveOn: string; rule: string; source: { kind: string; id: string }; revision: number; reverses: Id | null; reversedBy: Id | null; closesYear: boolean; description: string; postedBy: string; postedAt: string; writtenBy: Actor; cause: EntryCause; lines: ({ lineNo: number; account: { code: string; name: string; role: string | null }; amount: Money; currencyAmount: Money | null; mapping: { id: Id; role: string; version: number; effectiveFrom: string; author: string; authorName: string; createdAt: string; reason: string; conditions: Record<string, string> } | null; party: string | null; partyName: string | null; partyId: Id | null; item: string | null; itemName: string | null; itemId: Id | null; channel: string | null; document: string | null; documentId: Id | null; documentLineNo: number | null; taxCode: string | null; taxAuthority: string | null; taxPoint: string | null; taxBase: Money | null; sourceFile: string | null; sourceRow: number | null; moves: ({ moved: "away" | "here"; entryId: Id; otherLineNo: number; from: string; to: string; on: string; by: string; at: string; reason: string })[] })[]; sources: ({ document: string; file: string; firstRow: number; lastRow: number; rows: number })[] }

/** The event that an entry was posted for. */
export type EntryCause = { kind: string; name: string; documentId: Id | null; documentKind: string | null; paymentId: Id | null; entryId: Id | null; import: { runId: Id; format: string; startedAt: string } | null; recurring: string | null; template: string | null; reason: string | null }

export type EntryReversal = { date?: string; description?: string }

/** An entry of the journal without what explains it. A debit is positive. */
export type EntrySummary = { entryId: Id; number: string | null; date: string; effectiveOn: string; rule: string; source: { kind: string; id: string }; reverses: Id | null; description: string; postedBy: string; postedAt: string; lines?: ({ lineNo: number; account: string; accountName: string; amount: Money; party: string | null })[] }

/** Something that a person must look at. */
export type Exception = { id: Id; kind: string; dataKind: "orders" | "items" | "customers" | "stock" | "prices" | "tax" | "bank"; source: string; subject: string; message: string; amount: Money; owner: string; due: string; state: "open" | "in_progress" | "resolved" | "dismissed"; escalations: number; resolution: string; openedAt: string; closedBy: string | null; closedAt: string | null; approvalId: Id | null }

export type ExceptionAssignment = { id: Id; owner: string; email?: string | null; from?: string }

/** How many exceptions wait, by view. */
export type ExceptionCounts = { mine: number; mentioned: number; unseen: number; unassigned: number; overdue: number; waiting: number }

export type ExceptionDueDay = { id: Id; due: string; from?: string }

/** Who answers for a kind of data. */
export type ExceptionDuty = { dataKind: "orders" | "items" | "customers" | "stock" | "prices" | "tax" | "bank"; responsible: string; email: string | null; days: number; escalation: ({ daysPastDue: number; responsible: string; email?: string | null })[] }

export type ExceptionName = { id: Id }

export type ExceptionNoteText = { id: Id; text: string }

/** How it was done; or what an unknown code stands for; where a destination is; which tax a name is; where the money of a payment is; up to how much a difference is accepted. */
export type ExceptionRemedy = { id: Id; text: string } | { id: Id; standsFor: "item" | "charge"; role?: string; taxed?: boolean } | { id: Id; country: string } | { id: Id; taxCode: string } | { id: Id; moneyIs: "clearing" | "bank" | "cash" | "gift_card" | "ignored"; method?: string } | { id: Id; acceptUpTo: string }

/** How a company is told of its exceptions. */
export type ExceptionSettings = { digestHour: number }

export type ExceptionText = { id: Id; text: string }

/** An exception with all that happened to it, in order. */
export type ExceptionWithNotes = { id: Id; kind: string; dataKind: "orders" | "items" | "customers" | "stock" | "prices" | "tax" | "bank"; source: string; subject: string; message: string; amount: Money; owner: string; due: string; state: "open" | "in_progress" | "resolved" | "dismissed"; escalations: number; resolution: string; openedAt: string; closedBy: string | null; closedAt: string | null; approvalId: Id | null; ownerEmail: string | null; notes: ({ kind: string; author: string; authorName: string; writtenAt: string; body: string; parts: ({ text: string; userId: number | null })[] })[]; rows: ({ document: { id: Id; number: string } | null; file: string | null; line: string | null; words: string; quantity: string | null; amount: Money | null })[]; rowCount: number; alike: number; entries: (EntrySummary)[] | null }

export type ExceptionWork = { id: Id; from?: "open" | "in_progress" }

/** A rate as its source gives it. */
export type ExchangeRate = { source: string; currency: string; day: string; version: number; rate: string | null; quotedAs: string; author: string; authorName: string; reason: string }

/** An amount, and where the rows behind it are read. */
export type Figure = { amount: Money; source: Source }

/** What a template writes. Nothing is posted. */
export type FilledJournal = { description: string; reverse: Reverse | null; lines: (WrittenLine)[] }

export type FilledTemplate = { template: string; reference: string; date: string; parameters: Record<string, string>; description?: string; documentReference?: string; reason?: string; reverse?: Reverse }

export type GiftCard = { id: Id; lastFour: string | null; identified: boolean; purpose: "multi" | "single"; taxCode: string | null; expiresOn: string | null; lastMovedOn: string | null; balance: { amount: string; currency: string } }

export type GiftCardMovement = { id: Id; card: Id; lastFour: string | null; kind: "sold" | "redeemed" | "refunded" | "lapsed"; reference: string | null; tax: { amount: string; currency: string }; movedOn: string; amount: { amount: string; currency: string }; entry: Id | null; document: Id | null; documentNumber: string | null }

/** All that the first screen shows. */
export type Home = { figures: { asOf: string; currency: string; sales: { days: ({ day: string; sales: Money; lastYear: Money })[]; source: { report?: string; list?: string; parameters: Record<string, string> } | null; week: SalesTotal; month: SalesTotal; range: SalesTotal }; items: (Seller)[]; countries: (Seller)[]; cash: { total: Figure; accounts: (CashAccount)[] }; owed: { toUs: Figure; toUsOverdue: Figure; byUs: Figure; byUsOverdue: Figure }; tax: { owed: Figure; pending: { amount: Money; source: Source } } } | null; exceptions: { count: number; overdue: number; ages: ({ age: "today" | "days1To7" | "days8To30" | "over30"; count: number })[]; kinds: ({ kind: string; dataKind: string; count: number; overdue: number; oldestDue: string; amounts: (Money)[]; source: Source })[] } | null; approvals: { count: number; oldestAt: string | null; source: Source } | null; imports: { latest: HomeImport } | null; proof: { latest: { ok: boolean; ranAt: string; held: number; broken: number; checks: ({ name: string; result: "held" | "broken" | "not-applicable"; compared: number; rows: number })[] } | null } | null }

export type HomeImport = { id: Id; format: string; state: "uploaded" | "checking" | "ready" | "running" | "paused" | "cancelled" | "done" | "failed"; phase: string; dryRun: boolean; files: (string)[]; documents: number; documentsDone: number; message: string; requestedAt: string; finishedAt: string | null } | null

/** An identifier, a number written as text. */
export type Id = string

/** An import that was asked for, how far it is, and what came of it. */
export type Import = { id: Id; format: string; dryRun: boolean; files: ({ name: string; sha256: string })[]; state: "uploaded" | "checking" | "ready" | "running" | "paused" | "cancelled" | "done" | "failed"; actions: ("check" | "run" | "pause" | "cancel")[]; phase: string; filesRead: number; lines: number; linesDone: number; documents: number; documentsDone: number; entries: number; entriesPerSecond: number; secondsLeft: number | null; check: ImportCheck | null; checkedAt: string | null; accounts: (AccountChoice)[]; posted: { documents: number; payments: number; entries: number; byKind: Record<string, number>; exceptions: number }; problem: { code: string; title?: string; detail?: string; remedy?: string; file?: string; line?: number; column?: number; found?: string; expected?: string; decisions?: (ImportDecision)[] } | null; result: ImportResult | null; message: string; requestedBy: string; requester: { actor: string; kind: "person" | "key" | "operator" | "product"; name: string; key: string | null }; requestedAt: string; finishedAt: string | null }

/** What an import would do, as its latest check found out. Nothing of it is written. */
export type ImportCheck = { format: string; dryRun: boolean; lines: number; documents: { created: number; existing: number; refused: number }; payments?: { created: number; existing: number }; byKind: Record<string, number>; entries: number; exceptions: { opened: number; byKind: Record<string, number>; rows: ({ kind: string; source: string; message: string; amount: Money })[] }; links: { linked: number; partly: number; unlinked: number; fromSeveral: number }; preview: ({ document: string; kind?: string | null; customer?: { number: string; name: string } | null; date: string; rule: string; description?: string; lines: ({ account: string; name: string; role: string | null; amount: Money })[] })[]; decisions: (ImportDecision)[]; decisionsBeyond: Record<string, number> }

/** Something about which a person has to decide, once for all that it concerns. */
export type ImportDecision = { kind: string; label: string; source: string; subject: string; message: string; count: number; amount: Money; remedies: (Remedy)[] }

/** How far an import is: the data of each of its server-sent events. */
export type ImportEvent = { importId: Id; state: "uploaded" | "checking" | "ready" | "running" | "paused" | "cancelled" | "done" | "failed"; actions: ("check" | "run" | "pause" | "cancel")[]; files: number; phase: string; filesRead: number; lines: number; linesDone: number; documents: number; documentsDone: number; entries: number; entriesPerSecond: number; secondsLeft: number | null; posted: { documents: number; payments: number; entries: number; byKind: Record<string, number>; exceptions: number }; message: string }

/** Files that were uploaded. */
export type ImportFiles = { files: ({ name: string; sha256: string })[] }

/** What can be imported. */
export type ImportFormats = { rows: ({ format: string; label: string; description: string })[]; largestFile: number; mostFiles: number; endings: (string)[] }

export type ImportResult = { format: string; dryRun: boolean; lines: number; documents: { created: number; existing: number; refused: number }; payments?: { created: number; existing: number }; byKind: Record<string, number>; entries: number; exceptions: { opened: number; byKind: Record<string, number>; rows: ({ kind: string; source: string; message: string; amount: Money })[] }; links: { linked: number; partly: number; unlinked: number; fromSeveral: number }; preview: ({ document: string; kind?: string | null; customer?: { number: string; name: string } | null; date: string; rule: string; description?: string; lines: ({ account: string; name: string; role: string | null; amount: Money })[] })[] }

/** The trial balance without and with what an import posted, by account; a debit is positive. What others posted meanwhile is in both. */
export type ImportTrialBalance = { importId: Id; state: "uploaded" | "checking" | "ready" | "running" | "paused" | "cancelled" | "done" | "failed"; asOf: string | null; written: boolean; currency: string; rows: ({ account: string; name: string; before: Money; change: Money; after: Money })[]; totals: { debit: { before: Money; after: Money }; credit: { before: Money; after: Money } } }

export type Invitation = { id: Id; email: string; permissionSet: PermissionSet; invitedBy: string; invitedAt: string; expiresAt: string; state: "open" | "accepted" | "withdrawn" | "expired"; link?: string; mailed?: boolean }

export type IssuedDocument = { result: "created" | "existing"; documentId: Id; number: string }

export type Item = { id: Id; code: string; name: string; kind: "goods" | "service"; itemGroup: string | null; taxCode: string | null }

export type ItemChange = { name?: string; kind?: "goods" | "service"; itemGroup?: string | null; taxCode?: string | null }

/** What items have in common for reports and for the mapping. */
export type ItemGroup = { id: Id; code: string; name: string; items: number }

/** What a group is called; its code stays. */
export type ItemGroupChange = { name: string }

/** An item with its sales by month and its latest lines on documents. */
export type ItemHistory = { id: Id; code: string; name: string; kind: "goods" | "service"; itemGroup: string | null; taxCode: string | null; months: ({ month: string; sales: { amount: string; currency: string }; source?: Source })[]; lines: ({ document: Id; number: string; kind: string; issuedOn: string; customer: Id | null; customerName: string | null; quantity: string; unitPrice: string; net: Money })[] }

/** An item with what was sold of it in a range of days. */
export type ItemSales = { id: Id; code: string; name: string; kind: "goods" | "service"; itemGroup: string | null; from: string; to: string; sales: { amount: string; currency: string }; source?: Source }

export type JournalDetail = { id: Id; reference: string; state: "draft" | "posted" | "discarded"; date: string; description: string; documentReference: string | null; reason: string; reversesOn: string | null; template: string | null; recurring: string | null; entryId: Id | null; reversalId: Id | null; writtenBy: string; writtenAt: string; postedBy: string | null; postedAt: string | null; writtenByName: string; postedByName: string | null; reverse: Reverse | null; lines: (WrittenLine)[] }

/** A journal by hand: a draft, or posted with its entry and its reversal. */
export type JournalRecord = { id: Id; reference: string; state: "draft" | "posted" | "discarded"; date: string; description: string; documentReference: string | null; reason: string; reversesOn: string | null; template: string | null; recurring: string | null; entryId: Id | null; reversalId: Id | null; writtenBy: string; writtenAt: string; postedBy: string | null; postedAt: string | null }

export type JournalReference = { reference: string }

/** The newest version of a template. */
export type JournalTemplate = { name: string; version: number; title: string; definition: TemplateDefinition; author: string; reason: string }

/** An account of an earlier chart, and the code of ours that it has become. */
export type LegacyAccount = { structure: string; code: string; name: string; account: string }

/** What stands at the head of reports of a day, as their files have it. */
export type Letterhead = { company: string; lines: (string)[]; contact: string }

/** What the code of a line in a source's files stands for. */
export type LineCodeRule = { id: Id; source: string; priority: number; pattern: string; standsFor: "item" | "charge" | "gift_card" | "unknown"; role: string; taxed: boolean; effectiveFrom: string; version: number }

/** What one person asked for, with the names of those who did. */
export type ListedApproval = { id: Id; kind: "journal" | "draft" | "reversal" | "reclassification" | "applied_mapping" | "account_merge" | "remedy" | "recurring_day" | "opening_balances" | "bad_debt" | "forfeiture" | "year_closing" | "period_reopening" | "bank_details" | "approval_rule"; summary: string; amount: Money | null; requestedBy: string; requestedAt: string; state: "pending" | "approved" | "declined"; decidedBy: string | null; decidedAt: string | null; reason: string; requestedByName: string; decidedByName: string | null; own: boolean }

/** A file beside a journal, an entry or a document, with the name of who added it. */
export type ListedAttachment = { id: Id; subject: string; of: string; name: string; mediaType: string; bytes: number; sha256: string; addedBy: string; addedAt: string; addedByName: string }

/** A journal by hand, with the names of who wrote and posted it. */
export type ListedJournal = { id: Id; reference: string; state: "draft" | "posted" | "discarded"; date: string; description: string; documentReference: string | null; reason: string; reversesOn: string | null; template: string | null; recurring: string | null; entryId: Id | null; reversalId: Id | null; writtenBy: string; writtenAt: string; postedBy: string | null; postedAt: string | null; writtenByName: string; postedByName: string | null }

/** The newest version of a template, with the name of who wrote it. */
export type ListedJournalTemplate = { name: string; version: number; title: string; definition: TemplateDefinition; author: string; reason: string; authorName: string }

/** Which account plays a role, with the name of who said so. */
export type ListedMappingRule = { id: Id; role: string; item: string | null; itemGroup: string | null; taxCode: string | null; channel: string | null; paymentMethod: string | null; documentKind: string | null; account: string | null; accountName: string | null; effectiveFrom: string; version: number; author: string; reason: string; authorName: string }

/** Which of a document's days its entry takes, and who said so. */
export type ListedPostingDayRule = { id: Id; source: string; channel: string; basis: "document" | "payment" | "shipment" | "payout"; effectiveFrom: string; version: number; author: string; reason: string; authorName: string }

/** A recurring journal, with the next day on which it falls due and the name of who began it. */
export type ListedRecurring = { name: string; template: string; templateVersion: number; parameters: Record<string, string>; description: string; every: "month" | "quarter" | "year"; dayOfMonth: number | null; startsOn: string; endsOn: string | null; reverse: string | null; state: "active" | "paused" | "ended"; nextDueOn: string | null; author: string; authorName: string }

/** When the mapping was applied to what is posted, why and by whom. */
export type MappingApplication = { id: Id; reason: string; appliedBy: string; appliedByName: string; appliedAt: string; lines: number; entries: number }

export type MappingChange = { rules: (NewMappingRule)[]; roles?: (string)[] }

export type MappingChangeToApply = { rules: (NewMappingRule)[]; roles?: (string)[]; reason: string }

/** What a change of the mapping would move of all that is posted. */
export type MappingPreview = { lines: number; moves: ({ from: { code: string; name: string }; to: { code: string; name: string }; period: Month; closed: boolean; lines: number; amount: Money })[]; accounts: ({ account: string; period: Month; amount: Money })[]; samples: ({ entryId: Id; lineNo: number; date: string; document: string | null; item: string | null; amount: Money; from: string; to: string })[] }

/** Which account plays a role. A null condition matches anything. */
export type MappingRule = { id: Id; role: string; item: string | null; itemGroup: string | null; taxCode: string | null; channel: string | null; paymentMethod: string | null; documentKind: string | null; account: string | null; accountName: string | null; effectiveFrom: string; version: number; author: string; reason: string }

export type Me = { id: number; name: string; email: string; installationOwner: boolean; secondFactor: boolean; companies: ({ companyId: Id; permissions: (Permission)[] })[] }

export type Member = { userId: number; name: string; email: string; permissionSet: PermissionSet; secondFactor: boolean; since: string }

export type MemberChange = { permissionSet: PermissionSet; from?: "owner" | "accountant" | "bookkeeper" | "sales" | "customer_service" | "purchasing" | "warehouse" | "read_only" }

/** Somebody whom a note can name. */
export type Mentionable = { userId: number; name: string; email: string | null }

export type MergedAccounts = { applicationId: Id; lines: number; entries: number; amount: Money; ended: (string)[]; stay: ({ account: string; why: string })[] }

/** A decimal with the places of its currency. */
export type Money = { amount: string; currency: string }

/** A month of the books. */
export type Month = string

export type NewAccount = { code: string; name: string; class: "asset" | "liability" | "equity" | "income" | "expense"; role?: string | null; groupCode?: string | null }

export type NewApiKey = { name: string; scopes: (Permission)[]; days?: number }

/** So much of what a customer owes is settled by so much of what they paid or were credited. */
export type NewApplication = { debitItem: Id; creditItem: Id; on: string; amount: string; currency?: string }

export type NewBadDebt = { reference: string; invoice: string; on: string; reason: string; amount?: string; currency?: string }

export type NewBudget = { code: string; name: string }

export type NewCapture = { source: string; reference: string; method: string; customer: CustomerName; on: string; amount: string; currency?: string; settles?: string; invoice?: string; order?: string; depositTaxCode?: string; depositShares?: ({ taxCode: string; gross: string })[] }

export type NewCompany = { name: string; country: string; currency?: string; chart?: string; timeZone?: string; fiscalYearStartMonth?: number }

export type NewCreditNote = { number?: string; invoice: string; on: string; lines: ({ lineNo: number; quantity: string })[] }

export type NewCustomer = { number: string; name: string; country?: string | null; paymentDays?: number }

export type NewDepositUse = { order?: string; payment?: { source: string; reference: string }; invoice: string; on: string }

export type NewDestinationName = { name: string; country: string; from?: string | null }

export type NewDestinationRule = { destination: string; taxCode: string; raisesException?: boolean; effectiveFrom?: string; follows?: number }

export type NewEarlyPayment = { source: string; reference: string; into: "bank" | "cash" | "payment_clearing"; method?: string; customer: CustomerName; invoices: (string)[]; on: string; amount: string; currency?: string; settles?: string }

export type NewEarlyPaymentTerms = { invoice: string; percent: string; until: string }

export type NewExchangeRate = { source: "manual" | "company"; currency: string; day: string; rate: string | null; reason?: string }

export type NewFee = { method: string; reference: string; on: string; role?: "payment_fees" | "channel_fees"; net: string; currency?: string; taxCode?: string; tax?: string }

export type NewForfeiture = { payment: { source: string; reference: string }; on: string; reason: string }

export type NewGiftCardBreakage = { reference: string; code?: string; card?: string; on: string; amount?: string }

export type NewGiftCardRedemption = { reference: string; code?: string; card?: string; invoice: string; on: string; amount: string }

export type NewGiftCardRefund = { reference: string; code?: string; card?: string; on: string; amount?: string; method: string }

export type NewGiftCardSale = { reference: string; code: string; purpose: "multi" | "single"; taxCode?: string; on: string; paid: string; method: string; expiresOn?: string }

export type NewImport = { format?: string; files: ({ name: string; sha256: string })[]; dryRun?: boolean; start?: boolean }

export type NewInvitation = { email: string; permissionSet: PermissionSet }

export type NewInvoice = { number?: string; on: string; dueOn?: string; customer: CustomerName; order?: string; currency?: string; prices?: "net" | "gross"; country?: string; lines: ({ item?: string; description?: string; quantity: string; unitPrice: string; taxCode?: string })[]; shipping?: string; discount?: string; earlyPayment?: { percent: string; until: string } }

export type NewItem = { code: string; name: string; kind?: "goods" | "service" }

export type NewItemGroup = { code: string; name: string }

export type NewJournal = { reference: string; date: string; description?: string; documentReference?: string; reason?: string; reverse?: Reverse; lines: (WrittenLine)[] }

export type NewLegacyAccount = { structure: string; code: string; name?: string; account: string }

export type NewLineCodeRule = { source: string; priority: number; pattern: string; standsFor: "item" | "charge" | "gift_card" | "unknown"; role: string; taxed: boolean; effectiveFrom?: string; follows?: number }

export type NewMappingRule = { role: string; account: string | null; item?: string | null; itemGroup?: string | null; taxCode?: string | null; channel?: string | null; paymentMethod?: string | null; documentKind?: string | null; effectiveFrom?: string; reason?: string; follows?: number }

export type NewOpeningBalances = { reference: string; date: string; lines: (WrittenLine)[] }

export type NewOwner = { token: string; name: string; email: string; password: string }

export type NewPasskey = { response: Record<string, unknown>; name: string }

export type NewPassword = { token: string; password: string }

export type NewPayout = { method: string; reference: string; sentOn: string; arrivedOn?: string; amount: string; currency?: string; arrived?: { amount: string; currency: string } }

export type NewPostingDayRule = { source: string; channel?: string; basis: "document" | "payment" | "shipment" | "payout"; effectiveFrom?: string; reason?: string; follows?: number }

export type NewReceivedPayment = { source: string; reference: string; into: "bank" | "cash"; customer: CustomerName; invoices: (string | { number: string; amount: string })[]; on: string; amount: string; currency?: string; settles?: string }

export type NewReclassification = { entryId: Id; lineNo: number; toAccount: string; date: string; reason: string }

export type NewRecurring = { name: string; template: string; parameters: Record<string, string>; description?: string; every: "month" | "quarter" | "year"; dayOfMonth?: number | null; startsOn: string; endsOn?: string | null; reverse?: Reverse | null }

export type NewRefund = { source: string; reference: string; payment: { source: string; reference: string }; on: string; amount: string; settles?: string }

export type NewRevaluation = { month: Month }

export type NewSampleCompany = { name?: string; lastDay?: string; seed?: string }

export type NewSourceNameRule = { source: string; about: "payment" | "tax"; pattern: string; standsFor: "clearing" | "bank" | "cash" | "gift_card" | "ignored" | "unknown" | "tax_code"; priority?: number; method?: string; taxCode?: string; effectiveFrom?: string; follows?: number }

export type NewStoreCredit = { reference: string; creditNote: string; on: string; amount?: string }

export type NewStoreCreditPayout = { reference: string; customer: string; on: string; amount: string; from: "bank" | "cash" | "payment_clearing"; method?: string }

export type NewStoreCreditUse = { reference: string; invoice: string; on: string; amount: string }

export type NewTemplate = { name: string; title: string; reason?: string; definition: TemplateDefinition; follows?: number }

export type NewView = { area: string; name: string; query?: string; columns?: (string)[]; shared?: boolean; isDefault?: boolean }

export type NewWebhookEndpoint = { url: string; description?: string; eventTypes: ("invoice.issued" | "credit_note.issued" | "document.issued" | "payment.captured" | "payment.refunded" | "entry.posted" | "exception.opened" | "exception.resolved" | "exception.escalated" | "approval.requested" | "approval.decided" | "period.closed" | "period.reopened" | "customer.created" | "customer.updated" | "item.created" | "item.updated" | "import.finished" | "webhook.test")[] }

/** What a customer owes, or is owed (negative), and what of it is not settled. */
export type OpenItem = { id: Id; customer: Id | Customer; customerNumber: string; customerName: string; documentNumber: string | null; source: { kind: string; id: string }; openedOn: string; dueOn: string; amount: Money; open: Money }

export type OwnChange = { name: string }

/** Whom a line of an entry is about. */
export type Party = { kind: "customer" | "supplier"; number: string; name: string; country: string | null }

export type Passkey = { id: string; name: string; since: string | null }

/** The credential as the browser gave it, as JSON. */
export type PasskeyAnswer = { response: Record<string, unknown> }

export type PasskeyOptions = Record<string, unknown>

export type PasswordAgain = { password: string }

export type PasswordChange = { current: string; next: string }

/** A bank account to which it can be paid. */
export type PayTo = { holder: string; bank: string; currency: string; iban: string | null; bic: string | null; sortCode: string | null; routingNumber: string | null; accountNumber: string | null }

/** What we owe a supplier, or are owed (negative), and what of it is not settled. */
export type PayableItem = { id: Id; supplier: Id; supplierNumber: string; supplierName: string; documentNumber: string | null; source: { kind: string; id: string }; openedOn: string; dueOn: string; amount: Money; open: Money }

/** Money that came in (capture) or went back (refund); always positive. */
export type Payment = { id: Id; kind: "capture" | "refund"; source: string; reference: string; method: string; customer: Id | Customer | null; customerNumber: string | null; document: Id | Document | null; order: string | null; paidOn: string; amount: Money; refunded: { amount: string; currency: string }; refunds: Id | null }

export type Period = { startsOn: string; endsOn: string; state: "open" | "closed" }

export type PeriodClosing = { reason?: string }

export type PeriodReopening = { reason: string }

export type Permission = "company.read" | "company.write" | "settings.write" | "journal.read" | "journal.post" | "periods.close" | "periods.reopen" | "reports.read" | "sales.read" | "sales.write" | "payments.write" | "catalog.write" | "purchasing.write" | "stock.write" | "imports.read" | "imports.run" | "exceptions.read" | "exceptions.write" | "integrations.manage" | "people.read" | "people.manage" | "audit.read" | "approvals.read" | "approvals.decide" | "backup.run"

export type PermissionSet = "owner" | "accountant" | "bookkeeper" | "sales" | "customer_service" | "purchasing" | "warehouse" | "read_only"

/** A postal address: BG-5 of EN 16931. */
export type PostalAddress = { line1: string; line2: string | null; line3: string | null; city: string | null; region: string | null; postcode: string | null; country: string }

export type PostedEntry = { result: "created" | "existing"; entryId: Id; date: string }

/** Which of a document's days its entry takes. */
export type PostingDayRule = { id: Id; source: string; channel: string; basis: "document" | "payment" | "shipment" | "payout"; effectiveFrom: string; version: number; author: string; reason: string }

/** Why a request was declined, by RFC 9457. */
export type Problem = { type: string; title: string; status: number; detail?: string; code: string; remedy?: string; instance?: string; context?: Record<string, string>; errors?: ({ at: string; message: string })[] }

/** What was proved, how much was compared, and what breaks it. */
export type Proof = { ok: boolean; ranAt: string; checks: ({ name: string; result: "held" | "broken" | "not-applicable"; compared: number; rows: (Record<string, unknown>)[] })[] }

/** What one unit of a currency is worth on a day, and who says so. */
export type RateInUse = { currency: string; base: string; on: string; rate: string; source: string | null; day: string }

/** What uploaded files are, as far as their names and first lines tell. */
export type Recognition = { files: ({ name: string; sha256: string; formats: ({ format: string; label: string; description: string })[]; message: string })[]; formats: ({ format: string; label: string; description: string })[]; format: string | null; message: string }

export type RecoveryCodes = { recoveryCodes: (string)[] }

/** A recurring journal, and the next day on which it falls due. */
export type Recurring = { name: string; template: string; templateVersion: number; parameters: Record<string, string>; description: string; every: "month" | "quarter" | "year"; dayOfMonth: number | null; startsOn: string; endsOn: string | null; reverse: string | null; state: "active" | "paused" | "ended"; nextDueOn: string | null; author: string }

/** Due days before the day on which a paused one is resumed are passed over. */
export type RecurringChange = { name: string; change: "pause" | "resume" | "end"; on: string; from?: "active" | "paused" | "ended" }

export type RecurringRetry = { name: string; dueOn: string; on?: string }

/** A way to decide something that an import asks. */
export type Remedy = { code: string; label: string; description: string; call: { method: "post" | "put" | "patch"; path: string; permission: string; body: Record<string, string | number | boolean | (Record<string, string>)[]> } | null; inputs: ({ name: string; label: string; kind: "text" | "choice" | "flag" | "account" | "country" | "tax_code" | "role" | "day"; required: boolean; choices?: ({ value: string; label: string })[] })[]; recheck: boolean }

export type Removed = { removed: true }

/** What a report is of, and its rows. Money is a decimal with its currency. */
export type Report = { report: string; company: Id; currency: string; asOf?: string; from?: string; to?: string; rows: (Record<string, unknown>)[]; next?: string | null }

/** The reports that there are, and what each can be asked. */
export type ReportKinds = { reports: ({ name: string; title: string; parameters: ({ name: string; kind: "date" | "text" | "choice" | "count" | "flag"; description: string; required: boolean; choices: (string)[] })[] })[] }

/** A report laid out as a table, with what leads from its figures to their lines. */
export type ReportTable = { report: string; title: string; currency: string; asOf?: string; from?: string; to?: string; columns: ({ key: string; title: string; kind: "text" | "number" | "money" | "date" })[]; rows: ({ cells: Record<string, string | number | boolean | null | Money>; depth: number; emphasis?: string; sources: Record<string, { report?: string; list?: string; parameters: Record<string, string> }> })[]; largest?: ({ cells: Record<string, string | number | boolean | null | Money>; depth: number; emphasis?: string; sources: Record<string, { report?: string; list?: string; parameters: Record<string, string> }> })[]; more: number; totals: (string)[]; sums: Record<string, Money>; next?: string | null }

export type Rerun = { id: Id; state: "open" | "in_progress" | "resolved" | "dismissed"; message: string; moved: number; approvalId: Id | null }

/** What changed; empty where the month had been revalued already. */
export type RevaluedMonth = { month: string; balances: ({ account: string; balance: Money; before: Money; after: Money; reversed: boolean; entryId: Id })[] }

/** The entry is taken back by itself: on the day after it, or on the first day of the month after it. */
export type Reverse = "next_day" | "next_period"

/** Sales of some days, beside those of the same days a year before. */
export type SalesTotal = { from: string; to: string; sales: Figure; lastYear: Figure; percent: string | null }

export type SampleCompany = { companyId: Id; lastDay: string; seed: string; state: "running" | "done" | "failed"; phase: string; steps: number; stepsDone: number; message: string; requestedBy: string; requestedAt: string; finishedAt: string | null }

export type Saved = { result: "saved" }

export type SavedCustomer = { result: "created" | "existing"; customerId: Id }

export type SavedItem = { result: "saved" | "existing"; itemId: Id }

export type SavedItemGroup = { result: "created" | "existing" }

export type SavedPayment = { result: "created" | "existing"; paymentId: Id | null }

export type SavedRate = { result: "created" | "existing" | "corrected"; version: number }

export type Sealed = { entries: number; head: string }

export type SearchHit = { kind: "document" | "customer" | "supplier" | "item" | "account" | "payment" | "entry" | "import"; id: Id; title: string; detail: string; on: string | null; amount: Money | null; rank: number }

/** Shown this once. */
export type SecondFactor = { uri: string; recoveryCodes: (string)[] }

export type SecondFactorCode = { kind?: "totp" | "recovery"; code: string }

export type Seller = { key: string; name: string; sales: Figure }

export type Session = { id: string; since: string; expiresAt: string; address: string | null; browser: string | null; current: boolean }

/** What became of a due day. */
export type SettledDay = { name: string; dueOn: string; state: "posted" | "refused" | "passed" | "waiting"; entryId: Id | null; message: string; settledBy: string; settledAt: string }

export type SignIn = { email: string; password: string }

export type SignedIn = { secondFactor: boolean }

/** Where the rows behind a figure are read: a report or a list, and its parameters. */
export type Source = { report?: string; list?: string; parameters: Record<string, string> } | null

/** What the name of a payment or a tax in a source's files stands for. */
export type SourceNameRule = { id: Id; source: string; about: "payment" | "tax"; priority: number; pattern: string; standsFor: "clearing" | "bank" | "cash" | "gift_card" | "ignored" | "unknown" | "tax_code"; method: string | null; taxCode: string | null; effectiveFrom: string; version: number }

export type StoreCredit = { id: string; customerNumber: string; customerName: string; lastMovedOn: string | null; balance: { amount: string; currency: string } }

export type StoreCreditMovement = { id: Id; customer: Id; customerNumber: string; kind: "issued" | "redeemed" | "cashed"; reference: string; movedOn: string; amount: { amount: string; currency: string }; entry: Id | null; document: Id | null; documentNumber: string | null }

/** A trial balance read by another structure; a debit is positive. */
export type StructureBalance = { structure: string; asOf: string; rows: ({ code: string; name: string; balance: Money })[] }

export type Supplier = { id: Id; number: string; name: string; country: string | null; paymentDays: number }

export type TaxCode = { id: Id; code: string; name: string; kind: string; authority: string | null; rates: ({ from: string; rate: string })[] }

/** A number under which the company declares tax. */
export type TaxNumber = { country: string; scheme: "vat" | "vat_ni" | "gst" | "abn" | "ein" | "sales_tax" | "oss" | "oss_non_union" | "ioss" | "eori" | "tax_number"; number: string; validFrom: string; authority: string; validTo: string | null; onDocuments: boolean }

/** All of them, also those that ended. One that is left out was entered in error, and is withdrawn. */
export type TaxNumbersChange = { rows: (WrittenTaxNumber)[] }

/** A line stands on an account by code, by role, or as a parameter says, and takes an amount, so many percent of it, or the rest. A line on a tax account may name a tax code, and the amount parameter that says what was taxed. */
export type TemplateDefinition = { description: string; reverse?: Reverse | null; parameters: ({ name: string; kind: "amount" | "percent" | "text" | "account" | "customer" | "supplier"; label: string; default?: string })[]; lines: ({ account?: string; role?: string; accountOf?: string; side: "debit" | "credit"; amount?: string; percent?: string; rest?: boolean; party?: string; taxCode?: string; taxBase?: string })[] }

/** What happened to a document, in order, and what was posted for it. */
export type Timeline = { events: ({ kind: "issued" | "credited" | "credits" | "paid" | "refunded" | "applied" | "deposit_applied" | "store_credit" | "written_off" | "reversed" | "reclassified" | "exception_opened" | "exception_closed" | "attached"; on: string; at: string | null; by: Actor | null; amount: Money | null; name: string; message: string; documentId: Id | null; paymentId: Id | null; entryId: Id | null; exceptionId: Id | null })[]; entries: (EntrySummary)[] | null }

export type UpcomingJournal = { name: string; dueOn: string; description: string; lines: ({ account: string | null; role: string | null; amount: Money })[] }

/** A file that waits to be imported, known by the hash of its content. */
export type Upload = { name: string; sha256: string; bytes: number }

/** How somebody looks at a list, under a name. */
export type View = { id: Id; area: string; name: string; query: string; columns: (string)[]; shared: boolean; owner: string; mine: boolean; isDefault: boolean; changedAt: string }

export type ViewChange = { name?: string; query?: string; columns?: (string)[]; shared?: boolean; isDefault?: boolean }

/** An event on its way to an endpoint, with every attempt. */
export type WebhookDelivery = { id: Id; endpoint: Id; event: { id: string; type: string; happenedAt: string }; state: "pending" | "delivered" | "failed"; attempts: ({ startedAt: string; durationMs: number; status: number | null; delivered: boolean; error: string; responseHead: string })[]; nextAttemptAt: string | null }

/** Where events of the company are sent. */
export type WebhookEndpoint = { id: Id; url: string; description: string; eventTypes: (string)[]; state: "enabled" | "disabled"; disabledReason: string; createdAt: string }

export type WebhookEndpointChange = { url?: string; description?: string; eventTypes?: ("invoice.issued" | "credit_note.issued" | "document.issued" | "payment.captured" | "payment.refunded" | "entry.posted" | "exception.opened" | "exception.resolved" | "exception.escalated" | "approval.requested" | "approval.decided" | "period.closed" | "period.reopened" | "customer.created" | "customer.updated" | "item.created" | "item.updated" | "import.finished" | "webhook.test")[]; state?: "enabled" | "disabled" | "removed" }

export type WebhookReplay = { deliveries?: (Id)[]; since?: string }

export type WebhookReplayed = { deliveries: number }

export type WebhookSecret = { id: Id; url: string; description: string; eventTypes: (string)[]; state: "enabled" | "disabled"; disabledReason: string; createdAt: string; secret: string }

export type WrittenAddress = { line1?: string | null; line2?: string | null; line3?: string | null; city?: string | null; region?: string | null; postcode?: string | null; country?: string | null }

export type WrittenLine = { account?: string; role?: string; amount: string; currency?: string; currencyAmount?: string; customer?: string; supplier?: string; document?: string; openedOn?: string; dueOn?: string; taxCode?: string; taxBase?: string }

export type WrittenTaxNumber = { country: string; scheme: "vat" | "vat_ni" | "gst" | "abn" | "ein" | "sales_tax" | "oss" | "oss_non_union" | "ioss" | "eori" | "tax_number"; number: string; validFrom: string; authority?: string; validTo?: string | null; onDocuments?: boolean }

/** A fiscal year, named by the calendar year in which it ends. */
export type YearToClose = { year: number }

/** What each operation takes and answers. */
export type Operations = {
  /** Approve what another person asked for. It is done at once, in the name of whoever asked. Never by the same person, nor by a key. */
  approveApproval: { path: { companyId: Id; approvalId: Id }; query: Record<never, never>; body: Approval; result: ApprovalRequest }
  /** Cancel an import. It stops with the batch that is under way and cannot go on. What it has posted stays, and `posted` says it. */
  cancelImport: { path: { companyId: Id; importId: Id }; query: Record<never, never>; body: undefined; result: Import }
  /** Rename, regroup or end an account, or place it in the cash flow statement. */
  changeAccount: { path: { companyId: Id; code: string }; query: Record<never, never>; body: AccountChange; result: Account }
  /** Change what a company is called, its time zone or its fiscal year. The fiscal year stays once something is posted; country, currency and chart stay always. Every change is in the audit log. */
  changeCompany: { path: { companyId: Id }; query: Record<never, never>; body: CompanyChange; result: Company }
  /** Change a customer. */
  changeCustomer: { path: { companyId: Id; customerId: Id }; query: Record<never, never>; body: CustomerChange; result: Customer }
  /** Change an item. */
  changeItem: { path: { companyId: Id; itemId: Id }; query: Record<never, never>; body: ItemChange; result: Item }
  /** Rename an item group. */
  changeItemGroup: { path: { companyId: Id; itemGroupId: Id }; query: Record<never, never>; body: ItemGroupChange; result: ItemGroup }
  /** Change the own name. */
  changeMe: { path: Record<never, never>; query: Record<never, never>; body: OwnChange; result: Done }
  /** Change what a member may do. */
  changePeople: { path: { companyId: Id; userId: string }; query: Record<never, never>; body: MemberChange; result: Done }
  /** Change a view of a list. Your own; with `settings.write` also what others share. With `isDefault` anybody says with which view they begin the list. */
  changeView: { path: { companyId: Id; viewId: Id }; query: Record<never, never>; body: ViewChange; result: View }
  /** Change, disable, enable or remove a webhook endpoint. */
  changeWebhookEndpoint: { path: { companyId: Id; endpointId: Id }; query: Record<never, never>; body: WebhookEndpointChange; result: { id: Id; url: string; description: string; eventTypes: (string)[]; state: string; disabledReason: string; createdAt: string } }
  /** Check an import: a dry run. Does the whole import and takes it back; nothing is written. Afterwards it is `ready`, and `check` says what it would do, with what needs a decision. What stops it stands in `problem`. It can be checked as often as you like. */
  checkImport: { path: { companyId: Id; importId: Id }; query: Record<never, never>; body: undefined; result: Import }
  /** Close a period. Seals the journal first. Nothing is posted into a closed period. */
  closePeriod: { path: { companyId: Id; month: Month }; query: Record<never, never>; body: PeriodClosing; result: Period }
  /** Add an account. */
  createAccounts: { path: { companyId: Id }; query: Record<never, never>; body: NewAccount; result: Account }
  /** Merge accounts. Moves all that stands on them onto one, by entries, and lets the rules choose that one from now on. Where the company wants a second person for so much, it waits for approval: 202. */
  createAccountsMerges: { path: { companyId: Id }; query: Record<never, never>; body: AccountMerge; result: MergedAccounts | ApprovalRequest }
  /** Make an API key. For this company, for some of what you may do, until it expires. The answer alone holds the key. It takes no idempotency key, so that it is kept nowhere. */
  createApiKeys: { path: { companyId: Id }; query: Record<never, never>; body: NewApiKey; result: ApiKey }
  /** Write off bad debts. Gives up what a customer will not pay. Tax relief is a later fact. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it. */
  createBadDebts: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewBadDebt)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | ApprovalRequest | { done: number; refused: number; waiting: number; results: ({ status: number; result?: PostedEntry; problem?: Problem; waiting?: ApprovalRequest })[] } }
  /** Add budgets, or rename them. A budget is a version of the plan, known by its code. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createBudgets: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewBudget)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Saved)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Saved)[] } | { done: number; refused: number; results: ({ status: number; result?: Saved; problem?: Problem })[] } }
  /** Prove the books now. Seals first, then proves every invariant on one moment of the books, and keeps what was found. */
  createChecks: { path: { companyId: Id }; query: Record<never, never>; body: Record<string, unknown>; result: Proof }
  /** Create a company. With its chart of accounts, tax codes and mapping, ready to post. */
  createCompanies: { path: Record<never, never>; query: Record<never, never>; body: NewCompany; result: Company }
  /** Issue credit notes. Each credits lines of one of our invoices, at the invoice's own prices and tax. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createCreditNotes: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewCreditNote)[]; idempotencyKeys?: (string | null)[] }; result: { results: (IssuedDocument)[]; entries: (EntrySummary)[] | null; waits: boolean; documents: (Document)[] } | { results: (IssuedDocument)[] } | { done: number; refused: number; results: ({ status: number; result?: IssuedDocument; problem?: Problem })[] } }
  /** Add customers. One that is there and says the same is left as it is. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createCustomers: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewCustomer)[]; idempotencyKeys?: (string | null)[] }; result: { results: (SavedCustomer)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (SavedCustomer)[] } | { done: number; refused: number; results: ({ status: number; result?: SavedCustomer; problem?: Problem })[] } }
  /** Apply deposits to invoices. Settles an invoice with what its order has paid beforehand, or with what is left of a payment, as far as it goes. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createDepositsApplications: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewDepositUse)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Applied)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Applied)[] } | { done: number; refused: number; results: ({ status: number; result?: Applied; problem?: Problem })[] } }
  /** Keep deposits that are forfeited. All that is left of a prepayment becomes other income; its tax stays declared. Refund what goes back before. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it. */
  createDepositsForfeitures: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewForfeiture)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | ApprovalRequest | { done: number; refused: number; waiting: number; results: ({ status: number; result?: PostedEntry; problem?: Problem; waiting?: ApprovalRequest })[] } }
  /** Say where destinations are. For the files of later imports that write a destination in the same words; the last word counts, unless `from` says what it takes the place of. Nothing that was posted changes. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createDestinationNames: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewDestinationName)[]; idempotencyKeys?: (string | null)[] }; result: { results: (DestinationName)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (DestinationName)[] } | { done: number; refused: number; results: ({ status: number; result?: DestinationName; problem?: Problem })[] } }
  /** Add a destination rule's next version. */
  createDestinationRules: { path: { companyId: Id }; query: Record<never, never>; body: NewDestinationRule; result: { rows: (DestinationRule)[] } }
  /** Post an entry by hand. All of its lines at once; they sum to zero. The journal itself is read as the report `journal`. Where the company wants a second person for so much, it waits for approval: 202. */
  createEntries: { path: { companyId: Id }; query: Record<never, never>; body: NewJournal; result: Entry | ApprovalRequest }
  /** Post many entries by hand. As posting one, for up to 10,000 of them. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it. */
  createEntriesBulk: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewJournal)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | ApprovalRequest | { done: number; refused: number; waiting: number; results: ({ status: number; result?: PostedEntry; problem?: Problem; waiting?: ApprovalRequest })[] } }
  /** Say who answers for a kind of data. What is open already keeps whoever answers for it. */
  createExceptionDuties: { path: { companyId: Id }; query: Record<never, never>; body: ExceptionDuty; result: { rows: (ExceptionDuty)[] } }
  /** Give exceptions to somebody. Whoever gets them is told. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createExceptionsAssignments: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (ExceptionAssignment)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Exception)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Exception)[] } | { done: number; refused: number; results: ({ status: number; result?: Exception; problem?: Problem })[] } }
  /** Dismiss exceptions. Nothing is done about them, for a reason. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createExceptionsDismissals: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (ExceptionText)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Exception)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Exception)[] } | { done: number; refused: number; results: ({ status: number; result?: Exception; problem?: Problem })[] } }
  /** Change by when exceptions are to be done. Who is next when that day has passed is counted from it. Its history says so. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createExceptionsDueDays: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (ExceptionDueDay)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Exception)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Exception)[] } | { done: number; refused: number; results: ({ status: number; result?: Exception; problem?: Problem })[] } }
  /** Write notes. A note stays as it was written. People whom it names are told, and find it under their mentions. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createExceptionsNotes: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (ExceptionNoteText)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Exception)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Exception)[] } | { done: number; refused: number; results: ({ status: number; result?: Exception; problem?: Problem })[] } }
  /** Open exceptions again. For a reason. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createExceptionsReopenings: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (ExceptionText)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Exception)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Exception)[] } | { done: number; refused: number; results: ({ status: number; result?: Exception; problem?: Problem })[] } }
  /** Try again what exceptions stopped at. By the rules as they are now: unknown codes, taxes and payment methods, destinations, documents that were refused, recurring journals. What succeeds is closed. Asks for the permissions of what it posts, too: `journal.post` for codes, taxes, payment methods and recurring journals, `sales.write` and `payments.write` for documents, and `journal.post` for entries. Where the company wants a second person for so much, what moves more waits for one, each by itself: its exception stays open and names the request. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createExceptionsReruns: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (ExceptionName)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Rerun)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Rerun)[] } | { done: number; refused: number; results: ({ status: number; result?: Rerun; problem?: Problem })[] } }
  /** Resolve exceptions. Says how each was done; or what an unknown code stands for, which moves all of its lines out of suspense; or where a destination is; or which tax code a source means by a name, likewise; or where money is that was paid by a name, likewise; or up to how much the difference of a total is accepted as rounding. What moves lines asks for the permission `journal.post`, too. Where the company wants a second person for so much, what moves more waits for one, each by itself: its exception stays open and names the request. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createExceptionsResolutions: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (ExceptionRemedy)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Rerun)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Rerun)[] } | { done: number; refused: number; results: ({ status: number; result?: Rerun; problem?: Problem })[] } }
  /** Say that one has seen what exceptions say of one. The notes that name the caller are no longer counted as `unseen`. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createExceptionsSeen: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (ExceptionName)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Exception)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Exception)[] } | { done: number; refused: number; results: ({ status: number; result?: Exception; problem?: Problem })[] } }
  /** Say that somebody works on exceptions. They are in progress. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createExceptionsWork: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (ExceptionWork)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Exception)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Exception)[] } | { done: number; refused: number; results: ({ status: number; result?: Exception; problem?: Problem })[] } }
  /** Charge fees. What a processor or marketplace kept. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createFees: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewFee)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | { done: number; refused: number; results: ({ status: number; result?: PostedEntry; problem?: Problem })[] } }
  /** Take gift cards as breakage. What nobody will use any more becomes income. The tax of a single-purpose card stays declared. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createGiftCardsBreakage: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewGiftCardBreakage)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | { done: number; refused: number; results: ({ status: number; result?: PostedEntry; problem?: Problem })[] } }
  /** Redeem gift cards. A means of payment for an invoice, never for more than the card holds. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createGiftCardsRedemptions: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewGiftCardRedemption)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | { done: number; refused: number; results: ({ status: number; result?: PostedEntry; problem?: Problem })[] } }
  /** Refund gift cards. What is left on a card goes back to its holder through a processor, with the tax of a single-purpose card. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createGiftCardsRefunds: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewGiftCardRefund)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | { done: number; refused: number; results: ({ status: number; result?: PostedEntry; problem?: Problem })[] } }
  /** Sell gift cards. A multi-purpose card is taxed when it is used, a single-purpose card when it is sold. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createGiftCardsSales: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewGiftCardSale)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | { done: number; refused: number; results: ({ status: number; result?: PostedEntry; problem?: Problem })[] } }
  /** Start an import of uploaded files. It runs in the background; ask for it, or follow its events, to see how far it is. A dry run writes nothing into the books. With `start` false the files wait as an import that is checked and run by routes of its own. */
  createImports: { path: { companyId: Id }; query: Record<never, never>; body: NewImport; result: Import }
  /** Upload a file to import. The body is the file itself: .csv, .json, .jsonl, .sql, .journal, .hledger, .ledger, .j, .beancount, or one of them with .gz. The same content is kept once. */
  createImportsFiles: { path: { companyId: Id }; query: { name: string }; body: string; result: Upload }
  /** Recognise the format of uploaded files. By their names and first rows: each file by itself, and all of them together. */
  createImportsRecognitions: { path: { companyId: Id }; query: Record<never, never>; body: ImportFiles; result: Recognition }
  /** Invite a person. The answer holds a link, good once and for seven days; where mail is set up, the person gets it by letter, too. It takes no idempotency key, so that no answer with a link is kept. */
  createInvitations: { path: { companyId: Id }; query: Record<never, never>; body: NewInvitation; result: Invitation }
  /** Accept an invitation. In the name of whoever is signed in, or as a new person with a name and a password, who is signed in then. Once. */
  createInvitationsAccept: { path: Record<never, never>; query: Record<never, never>; body: Acceptance; result: Accepted }
  /** Issue invoices. Each is posted with its issue; deposits of its order are applied. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createInvoices: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewInvoice)[]; idempotencyKeys?: (string | null)[] }; result: { results: (IssuedDocument)[]; entries: (EntrySummary)[] | null; waits: boolean; documents: (Document)[] } | { results: (IssuedDocument)[] } | { done: number; refused: number; results: ({ status: number; result?: IssuedDocument; problem?: Problem })[] } }
  /** Offer discounts for early payment. What customers may keep of invoices by paying them until a day. Offered once. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createInvoicesEarlyPaymentTerms: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewEarlyPaymentTerms)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Saved)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Saved)[] } | { done: number; refused: number; results: ({ status: number; result?: Saved; problem?: Problem })[] } }
  /** Add item groups. A group that exists is left as it is. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createItemGroups: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewItemGroup)[]; idempotencyKeys?: (string | null)[] }; result: { results: (SavedItemGroup)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (SavedItemGroup)[] } | { done: number; refused: number; results: ({ status: number; result?: SavedItemGroup; problem?: Problem })[] } }
  /** Add items. An item that exists is left as it is. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createItems: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewItem)[]; idempotencyKeys?: (string | null)[] }; result: { results: (SavedItem)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (SavedItem)[] } | { done: number; refused: number; results: ({ status: number; result?: SavedItem; problem?: Problem })[] } }
  /** Save templates of journals. Each becomes the next version of its name; what is posted or recurs keeps its version. `follows` refuses one where somebody else has saved a version meanwhile. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createJournalTemplates: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewTemplate)[]; idempotencyKeys?: (string | null)[] }; result: { results: (JournalTemplate)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (JournalTemplate)[] } | { done: number; refused: number; results: ({ status: number; result?: JournalTemplate; problem?: Problem })[] } }
  /** Keep drafts of journals. Nothing is posted. The same again finds its draft; another under the same reference is refused: `PUT …/journals/{id}` changes a draft. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createJournalsDrafts: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewJournal)[]; idempotencyKeys?: (string | null)[] }; result: { results: (JournalRecord)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (JournalRecord)[] } | { done: number; refused: number; results: ({ status: number; result?: JournalRecord; problem?: Problem })[] } }
  /** Discard drafts. Their references are free again. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createJournalsDraftsDiscard: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (JournalReference)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Saved)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Saved)[] } | { done: number; refused: number; results: ({ status: number; result?: Saved; problem?: Problem })[] } }
  /** Post drafts. As they stand; a closed period refuses them. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it. */
  createJournalsDraftsPost: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (JournalReference)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | ApprovalRequest | { done: number; refused: number; waiting: number; results: ({ status: number; result?: PostedEntry; problem?: Problem; waiting?: ApprovalRequest })[] } }
  /** Post journals from templates. What is left out is the default of the parameter. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it. */
  createJournalsFromTemplates: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (FilledTemplate)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | ApprovalRequest | { done: number; refused: number; waiting: number; results: ({ status: number; result?: PostedEntry; problem?: Problem; waiting?: ApprovalRequest })[] } }
  /** See what a template writes. Its lines with the amounts, to be looked at and changed before they are posted. Nothing is posted. */
  createJournalsFromTemplatesPreview: { path: { companyId: Id }; query: Record<never, never>; body: FilledTemplate; result: FilledJournal }
  /** Add a line-code rule's next version. */
  createLineCodeRules: { path: { companyId: Id }; query: Record<never, never>; body: NewLineCodeRule; result: { rows: (LineCodeRule)[] } }
  /** Add a rule's next version. Nothing that was posted changes. */
  createMappingRules: { path: { companyId: Id }; query: Record<never, never>; body: NewMappingRule; result: MappingRule }
  /** Apply the mapping to what is posted. Adds the rules and moves lines to where the mapping places them, by entries. Once applied, the same moves nothing more. Where the company wants a second person for so much, it waits for approval: 202. */
  createMappingRulesApply: { path: { companyId: Id }; query: Record<never, never>; body: MappingChangeToApply; result: AppliedMapping | ApprovalRequest }
  /** Preview a change of the mapping. Which posted lines would land elsewhere, by account and period. Nothing is stored. */
  createMappingRulesPreview: { path: { companyId: Id }; query: Record<never, never>; body: MappingChange; result: MappingPreview }
  /** Keep a passkey that the browser made. */
  createMePasskeys: { path: Record<never, never>; query: Record<never, never>; body: NewPasskey; result: Done }
  /** Begin to make a passkey. */
  createMePasskeysOptions: { path: Record<never, never>; query: Record<never, never>; body: Record<string, never>; result: PasskeyOptions }
  /** Change the own password. Ends every other session. */
  createMePassword: { path: Record<never, never>; query: Record<never, never>; body: PasswordChange; result: Done }
  /** Make new recovery codes. The old ones are good no more. */
  createMeRecoveryCodes: { path: Record<never, never>; query: Record<never, never>; body: PasswordAgain; result: RecoveryCodes }
  /** Begin to set up a second factor. It is on once a first code has confirmed it. */
  createMeSecondFactor: { path: Record<never, never>; query: Record<never, never>; body: PasswordAgain; result: SecondFactor }
  /** Confirm the second factor with a first code. */
  createMeSecondFactorConfirm: { path: Record<never, never>; query: Record<never, never>; body: { code: string }; result: Done }
  /** Switch the second factor off. */
  createMeSecondFactorEnd: { path: Record<never, never>; query: Record<never, never>; body: PasswordAgain; result: Done }
  /** Apply open items. Settles what a customer owes with what the same customer paid or was credited, or what we owe a supplier likewise. Posts nothing but exchange differences. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createOpenItemsApplications: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewApplication)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Saved)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Saved)[] } | { done: number; refused: number; results: ({ status: number; result?: Saved; problem?: Problem })[] } }
  /** Post opening balances. Against the account opening balances, which ends at zero when all are in. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it. */
  createOpeningBalances: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewOpeningBalances)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | ApprovalRequest | { done: number; refused: number; waiting: number; results: ({ status: number; result?: PostedEntry; problem?: Problem; waiting?: ApprovalRequest })[] } }
  /** Set a new password by a link. The operator of the machine makes the link. It ends every session of the person. */
  createPasswordReset: { path: Record<never, never>; query: Record<never, never>; body: NewPassword; result: Done }
  /** Capture payments. Money that a processor took: for an invoice, or before one as a deposit of an order. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createPaymentsCaptures: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewCapture)[]; idempotencyKeys?: (string | null)[] }; result: { results: (SavedPayment)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (SavedPayment)[] } | { done: number; refused: number; results: ({ status: number; result?: SavedPayment; problem?: Problem })[] } }
  /** Receive payments less a discount for paying early. Settles all that is open of the invoices: what the money falls short of it is the discount, within the terms. The tax falls with the price. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createPaymentsEarly: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewEarlyPayment)[]; idempotencyKeys?: (string | null)[] }; result: { results: (SavedPayment)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (SavedPayment)[] } | { done: number; refused: number; results: ({ status: number; result?: SavedPayment; problem?: Problem })[] } }
  /** Receive payments on account. Money from customers into the bank or the till. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createPaymentsReceived: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewReceivedPayment)[]; idempotencyKeys?: (string | null)[] }; result: { results: (SavedPayment)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (SavedPayment)[] } | { done: number; refused: number; results: ({ status: number; result?: SavedPayment; problem?: Problem })[] } }
  /** Refund payments. Never more than was captured less what has gone back. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createPaymentsRefunds: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewRefund)[]; idempotencyKeys?: (string | null)[] }; result: { results: (SavedPayment)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (SavedPayment)[] } | { done: number; refused: number; results: ({ status: number; result?: SavedPayment; problem?: Problem })[] } }
  /** Record payouts. From the clearing account of a processor through transit to the bank; below zero the other way. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createPayouts: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewPayout)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | { done: number; refused: number; results: ({ status: number; result?: PostedEntry; problem?: Problem })[] } }
  /** Say which day the entries of a source take. Adds the rule's next version. Nothing that was posted changes. */
  createPostingDayRules: { path: { companyId: Id }; query: Record<never, never>; body: NewPostingDayRule; result: { rows: (PostingDayRule)[] } }
  /** Add exchange rates. By hand, or of your own. A rate with another value is a next version; what was posted keeps its rate. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createRates: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewExchangeRate)[]; idempotencyKeys?: (string | null)[] }; result: { results: (SavedRate)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (SavedRate)[] } | { done: number; refused: number; results: ({ status: number; result?: SavedRate; problem?: Problem })[] } }
  /** Reclassify lines. Moves lines of posted entries to the accounts on which they belong, by an entry. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it. */
  createReclassifications: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewReclassification)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | ApprovalRequest | { done: number; refused: number; waiting: number; results: ({ status: number; result?: PostedEntry; problem?: Problem; waiting?: ApprovalRequest })[] } }
  /** Begin recurring journals. The server posts what is due, once for each due day, also what fell due before. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createRecurringJournals: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewRecurring)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Recurring)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Recurring)[] } | { done: number; refused: number; results: ({ status: number; result?: Recurring; problem?: Problem })[] } }
  /** Pause, resume or end recurring journals. What fell due while one was paused is passed over. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createRecurringJournalsChanges: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (RecurringChange)[]; idempotencyKeys?: (string | null)[] }; result: { results: (Recurring)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (Recurring)[] } | { done: number; refused: number; results: ({ status: number; result?: Recurring; problem?: Problem })[] } }
  /** Post due days that were refused. On the due day, or on another where that is in a closed period. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it. */
  createRecurringJournalsRetries: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (RecurringRetry)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | ApprovalRequest | { done: number; refused: number; waiting: number; results: ({ status: number; result?: PostedEntry; problem?: Problem; waiting?: ApprovalRequest })[] } }
  /** Revalue balances in other currencies. At the end of a month, at the rate of its last day. Again, it books only what has changed since. A month stands on those before it, so they are done one after the other: 36 at most. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createRevaluations: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewRevaluation)[]; idempotencyKeys?: (string | null)[] }; result: { results: (RevaluedMonth)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (RevaluedMonth)[] } | { done: number; refused: number; results: ({ status: number; result?: RevaluedMonth; problem?: Problem })[] } }
  /** Create a sample company to look around in. A made-up shop in the United Kingdom with two years of books. It is made in the background; ask for `/companies/{companyId}/sample` to see how far it is. One is made at a time. */
  createSampleCompanies: { path: Record<never, never>; query: Record<never, never>; body: NewSampleCompany; result: SampleCompany }
  /** Number and chain what is not sealed yet. Repeating it does no harm: what is sealed stays as it is. */
  createSeal: { path: { companyId: Id }; query: Record<never, never>; body: Record<string, never>; result: Sealed }
  /** Sign in with a password. The answer sets a cookie. Ten failures lock an address for a quarter of an hour. */
  createSession: { path: Record<never, never>; query: Record<never, never>; body: SignIn; result: SignedIn }
  /** Sign out. */
  createSessionEnd: { path: Record<never, never>; query: Record<never, never>; body: Record<string, never>; result: Done }
  /** Sign in with a passkey. It stands for password and second factor. */
  createSessionPasskey: { path: Record<never, never>; query: Record<never, never>; body: PasskeyAnswer; result: Done }
  /** Begin a sign-in with a passkey. */
  createSessionPasskeyOptions: { path: Record<never, never>; query: Record<never, never>; body: Record<string, never>; result: PasskeyOptions }
  /** Complete a sign-in with a code. Of the authenticator (`totp`), good once; or one of the recovery codes (`recovery`). */
  createSessionSecondFactor: { path: Record<never, never>; query: Record<never, never>; body: SecondFactorCode; result: Done }
  /** Create the owner of the installation. With the token of the link that the server prints at its first start. Once. */
  createSetup: { path: Record<never, never>; query: Record<never, never>; body: NewOwner; result: Done }
  /** Add a source-name rule's next version. It holds for later imports. Nothing that was posted changes. */
  createSourceNameRules: { path: { companyId: Id }; query: Record<never, never>; body: NewSourceNameRule; result: { rows: (SourceNameRule)[] } }
  /** Issue store credit. What a credit note owes waits as credit that the customer can pay with. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createStoreCreditIssues: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewStoreCredit)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | { done: number; refused: number; results: ({ status: number; result?: PostedEntry; problem?: Problem })[] } }
  /** Pay store credit out. The customer gets money instead. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createStoreCreditPayouts: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewStoreCreditPayout)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | { done: number; refused: number; results: ({ status: number; result?: PostedEntry; problem?: Problem })[] } }
  /** Redeem store credit. Pays an invoice of the same customer, never for more than the customer has. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createStoreCreditRedemptions: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewStoreCreditUse)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | { done: number; refused: number; results: ({ status: number; result?: PostedEntry; problem?: Problem })[] } }
  /** Say what accounts of an earlier chart have become. Journals and opening balances may then be written with the earlier codes. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createStructuresAccounts: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewLegacyAccount)[]; idempotencyKeys?: (string | null)[] }; result: { results: (LegacyAccount)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (LegacyAccount)[] } | { done: number; refused: number; results: ({ status: number; result?: LegacyAccount; problem?: Problem })[] } }
  /** Save views of lists. A view is of whoever saves it; a shared one is seen by everybody in the company. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. */
  createViews: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (NewView)[]; idempotencyKeys?: (string | null)[] }; result: { results: (View)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (View)[] } | { done: number; refused: number; results: ({ status: number; result?: View; problem?: Problem })[] } }
  /** Add a webhook endpoint. The answer holds its secret, this once. An Idempotency-Key repeats that answer too. */
  createWebhookEndpoints: { path: { companyId: Id }; query: Record<never, never>; body: NewWebhookEndpoint; result: WebhookSecret }
  /** Close fiscal years. Moves the result of each year to retained earnings. Takes a list: all of it is done, or nothing. Answers with what became of each, in order. Where the company wants a second person for so much, it waits for approval: all of it (202), or in mode `each` what needs it. */
  createYearsClose: { path: { companyId: Id }; query: { mode?: "all" | "each" | "preview" }; body: { requests: (YearToClose)[]; idempotencyKeys?: (string | null)[] }; result: { results: (PostedEntry)[]; entries: (EntrySummary)[] | null; waits: boolean } | { results: (PostedEntry)[] } | ApprovalRequest | { done: number; refused: number; waiting: number; results: ({ status: number; result?: PostedEntry; problem?: Problem; waiting?: ApprovalRequest })[] } }
  /** Decline what another person asked for. */
  declineApproval: { path: { companyId: Id; approvalId: Id }; query: Record<never, never>; body: Decline; result: ApprovalRequest }
  /** End a discount for paying early. From a day on it cannot be taken any more. What was paid before that day keeps it. One that was ended stays as it was ended. */
  endEarlyPaymentTerm: { path: { companyId: Id; documentId: Id }; query: Record<never, never>; body: EarlyPaymentEnding; result: EarlyPaymentTerm }
  /** End one of the own sessions. */
  endMeSession: { path: { id: string }; query: Record<never, never>; body: Record<string, never>; result: Done }
  /** End a membership. With the API keys that the member has for the company. */
  endPeople: { path: { companyId: Id; userId: string }; query: Record<never, never>; body: Record<string, never>; result: Done }
  /** Follow an import by server-sent events. Tells at once how far it is, then whenever that changes, as `progress`, and `ended` when it is done, failed or cancelled; then the stream ends. Comments keep it open. It ends after some minutes and with the server: come again with `Last-Event-ID`. Whoever was told of the end already is answered by 204, so that a browser does not come again. */
  followImport: { path: { companyId: Id; importId: Id }; query: Record<never, never>; body: undefined; result: string; event: ImportEvent }
  /** Get an account. */
  getAccount: { path: { companyId: Id; code: string }; query: Record<never, never>; body: undefined; result: Account }
  /** Get what somebody asks for, with all that it would do. It is done and taken back, so that entries are shown on the accounts on which they would stand now. What moves more than 2,000 lines is shown as it was tried when it was asked for (`kept`). */
  getApproval: { path: { companyId: Id; approvalId: Id }; query: Record<never, never>; body: undefined; result: ApprovalDetail }
  /** Get a company. */
  getCompany: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: Company }
  /** Get a customer. */
  getCustomer: { path: { companyId: Id; customerId: Id }; query: Record<never, never>; body: undefined; result: Customer }
  /** Get a document. */
  getDocument: { path: { companyId: Id; documentId: Id }; query: { 'expand[]'?: "customer" | "credits" | "lines" | "taxes" | "payTo" | "seller" | "payments" | ("customer" | "credits" | "lines" | "taxes" | "payTo" | "seller" | "payments")[] }; body: undefined; result: Document }
  /** Get a document of earlier books. */
  getEarlierDocument: { path: { companyId: Id; earlierDocumentId: Id }; query: Record<never, never>; body: undefined; result: EarlierDocument }
  /** Get an invoice's discount for paying early. */
  getEarlyPaymentTerm: { path: { companyId: Id; documentId: Id }; query: Record<never, never>; body: undefined; result: EarlyPaymentTerm }
  /** Get an entry, explained. */
  getEntry: { path: { companyId: Id; entryId: Id }; query: Record<never, never>; body: undefined; result: Entry }
  /** Get an exception with all that happened to it. */
  getException: { path: { companyId: Id; exceptionId: Id }; query: Record<never, never>; body: undefined; result: ExceptionWithNotes }
  /** Get a gift card. */
  getGiftCard: { path: { companyId: Id; giftCardId: Id }; query: Record<never, never>; body: undefined; result: GiftCard }
  /** Get who the company is before the law. Its legal name, numbers and addresses, as documents of a day say them. The names of the fields are explained by the terms of EN 16931. */
  getIdentity: { path: { companyId: Id }; query: { on?: string }; body: undefined; result: CompanyIdentity }
  /** Get an import and how far it is. */
  getImport: { path: { companyId: Id; importId: Id }; query: Record<never, never>; body: undefined; result: Import }
  /** Get an item. */
  getItem: { path: { companyId: Id; itemId: Id }; query: Record<never, never>; body: undefined; result: Item }
  /** Get an item group. */
  getItemGroup: { path: { companyId: Id; itemGroupId: Id }; query: Record<never, never>; body: undefined; result: ItemGroup }
  /** Get an item with its sales. */
  getItemSale: { path: { companyId: Id; itemId: Id }; query: Record<never, never>; body: undefined; result: ItemHistory }
  /** Get a journal by hand. A draft with its lines, as they can be sent again. */
  getJournal: { path: { companyId: Id; journalId: Id }; query: Record<never, never>; body: undefined; result: JournalDetail }
  /** Get the head of reports. Who the company is, in the lines that stand at the head of the files of its reports. */
  getLetterhead: { path: { companyId: Id }; query: { on?: string }; body: undefined; result: Letterhead }
  /** Get a version of a mapping rule. */
  getMappingRule: { path: { companyId: Id; ruleId: Id }; query: Record<never, never>; body: undefined; result: ListedMappingRule }
  /** Get an open item. */
  getOpenItem: { path: { companyId: Id; openItemId: Id }; query: { 'expand[]'?: "customer" | ("customer")[] }; body: undefined; result: OpenItem }
  /** Get a payment. */
  getPayment: { path: { companyId: Id; paymentId: Id }; query: { 'expand[]'?: "customer" | "document" | ("customer" | "document")[] }; body: undefined; result: Payment }
  /** Find the rate of a currency on a day. The one that a document of that day is converted with. Declined with `rate_missing` where there is none. */
  getRate: { path: { companyId: Id; currency: string; on: string }; query: Record<never, never>; body: undefined; result: RateInUse }
  /** Read a report. One of trial-balance, profit-and-loss, balance-sheet, general-ledger, lines, journal, cash-flow, budget, aged-receivables, aged-payables, statements, tax-summary, sales, currency-balances, gift-cards, store-credit, deposits, chart-of-accounts. */
  getReport: { path: { companyId: Id; name: string }; query: { asOf?: string; from?: string; to?: string; by?: string; compare?: string; account?: string; cursor?: string; limit?: string; channel?: string; item?: string; itemGroup?: string; country?: string; party?: string; taxCode?: string; taxAuthority?: string; currency?: string; without?: string; yearClosings?: string; count?: string; method?: string; budget?: string; items?: string; parties?: string; format?: "json" | "csv" | "xlsx" | "pdf" }; body: undefined; result: Report }
  /** Get a customer's store credit. */
  getStoreCredit: { path: { companyId: Id; customerId: Id }; query: Record<never, never>; body: undefined; result: StoreCredit }
  /** Get a supplier. */
  getSupplier: { path: { companyId: Id; supplierId: Id }; query: Record<never, never>; body: undefined; result: Supplier }
  /** Get a tax code with its rates. */
  getTaxCode: { path: { companyId: Id; code: string }; query: Record<never, never>; body: undefined; result: TaxCode }
  /** Get a view of a list. */
  getView: { path: { companyId: Id; viewId: Id }; query: Record<never, never>; body: undefined; result: View }
  /** Get a webhook endpoint. */
  getWebhookEndpoint: { path: { companyId: Id; endpointId: Id }; query: Record<never, never>; body: undefined; result: WebhookEndpoint }
  /** List the chart of accounts. */
  listAccounts: { path: { companyId: Id }; query: { after?: string; limit?: string }; body: undefined; result: { rows: (Account)[]; next: string | null } }
  /** List the API keys. The own ones; to whoever manages people, those of everybody. */
  listApiKeys: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (ApiKey)[] } }
  /** List what needs a second person. */
  listApprovalRules: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (ApprovalRule)[] } }
  /** List what waits for a second person, and what was decided. */
  listApprovals: { path: { companyId: Id }; query: { state?: "pending" | "approved" | "declined" }; body: undefined; result: { rows: (ListedApproval)[] } }
  /** List what is attached. */
  listAttachments: { path: { companyId: Id }; query: { subject: "journal" | "entry" | "sales_document"; of: string }; body: undefined; result: { rows: (ListedAttachment)[] } }
  /** Take an attachment away. The file as it was attached, never to be shown within a page. */
  listAttachmentsContent: { path: { companyId: Id; attachmentId: Id }; query: Record<never, never>; body: undefined; result: string }
  /** Read the audit log of the installation. Every change of what belongs to no company: people, their passwords, second factors and passkeys (only that they changed), and links. The latest first. */
  listAudit: { path: Record<never, never>; query: { table?: string; actor?: string; after?: string; limit?: number }; body: undefined; result: AuditLog }
  /** Read the audit log. Every change of settings, mappings and rules (`company`) or of people (`people`), the latest first. */
  listAuditLog: { path: { companyId: Id }; query: { table?: string; actor?: string; after?: string; limit?: number; area?: "company" | "people" }; body: undefined; result: AuditLog }
  /** List the bank accounts into which the company is paid. */
  listBankAccounts: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (BankAccount)[] } }
  /** List the budgets. */
  listBudgets: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (Budget)[] } }
  /** Read what a budget holds. */
  listBudgetsAmounts: { path: { companyId: Id; code: string }; query: Record<never, never>; body: undefined; result: BudgetPlan }
  /** List the channels. Where sales come from, by code: what rules, budgets and reports tell apart. */
  listChannels: { path: { companyId: Id }; query: { after?: string; limit?: string }; body: undefined; result: { rows: (Channel)[]; next: string | null } }
  /** Read the latest proof of the books. What the checks found when they ran last, and when that was: once a day, or by POST. Books that were never proven are proven now. */
  listChecks: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: Proof }
  /** List the companies. */
  listCompanies: { path: Record<never, never>; query: Record<never, never>; body: undefined; result: { rows: (Company)[] } }
  /** List the countries and what a company of each starts with. Every part of a proposal can be chosen otherwise when a company is created. */
  listCountries: { path: Record<never, never>; query: Record<never, never>; body: undefined; result: { rows: (CompanyProposal)[] } }
  /** List customers. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listCustomers: { path: { companyId: Id }; query: { number?: string; country?: string; like?: string; open?: "true"; after?: string; limit?: string }; body: undefined; result: { rows: (Customer)[]; next: string | null } }
  /** Count customers. */
  listCustomersCount: { path: { companyId: Id }; query: { number?: string; country?: string; like?: string; open?: "true" }; body: undefined; result: Counted }
  /** List where destinations are that sources write in words of their own. */
  listDestinationNames: { path: { companyId: Id }; query: { after?: string; limit?: string }; body: undefined; result: { rows: (DestinationName)[]; next: string | null } }
  /** List which tax code a destination takes. */
  listDestinationRules: { path: { companyId: Id }; query: { after?: string; limit?: string }; body: undefined; result: { rows: (DestinationRule)[]; next: string | null } }
  /** List invoices, credit notes and other documents. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listDocuments: { path: { companyId: Id }; query: { kind?: "invoice" | "credit_note" | "bad_debt" | "stock_adjustment" | "free_items" | "order"; from?: string; to?: string; number?: string; order?: string; customer?: string; source?: string; country?: string; channel?: string; item?: string; itemGroup?: string; taxCode?: string; without?: "customer" | "channel" | "country"; atLeast?: string; atMost?: string; dueBefore?: string; import?: string; open?: "true"; sort?: "-issuedOn" | "issuedOn"; after?: string; limit?: string; 'expand[]'?: "customer" | "credits" | "lines" | "taxes" | "payTo" | "seller" | "payments" | ("customer" | "credits" | "lines" | "taxes" | "payTo" | "seller" | "payments")[] }; body: undefined; result: { rows: (Document)[]; next: string | null } }
  /** Count invoices, credit notes and other documents. */
  listDocumentsCount: { path: { companyId: Id }; query: { kind?: "invoice" | "credit_note" | "bad_debt" | "stock_adjustment" | "free_items" | "order"; from?: string; to?: string; number?: string; order?: string; customer?: string; source?: string; country?: string; channel?: string; item?: string; itemGroup?: string; taxCode?: string; without?: "customer" | "channel" | "country"; atLeast?: string; atMost?: string; dueBefore?: string; import?: string; open?: "true" }; body: undefined; result: Counted }
  /** Read what happened to a document. Issued, paid, credited, applied, written off, reversed, reclassified, its exceptions and attachments, in order; and the entries that were posted for it. Reclassifications, attachments and entries are told to those with `journal.read`, exceptions to those with `exceptions.read`. */
  listDocumentsTimeline: { path: { companyId: Id; documentId: Id }; query: Record<never, never>; body: undefined; result: Timeline }
  /** List invoices and bills of earlier books. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listEarlierDocuments: { path: { companyId: Id }; query: { kind?: "invoice" | "bill"; source?: string; number?: string; party?: string; from?: string; to?: string; after?: string; limit?: string }; body: undefined; result: { rows: (EarlierDocument)[]; next: string | null } }
  /** Count invoices and bills of earlier books. */
  listEarlierDocumentsCount: { path: { companyId: Id }; query: { kind?: "invoice" | "bill"; source?: string; number?: string; party?: string; from?: string; to?: string }; body: undefined; result: Counted }
  /** List discounts for paying early. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listEarlyPaymentTerms: { path: { companyId: Id }; query: { customer?: string; ended?: "true" | "false"; from?: string; to?: string; sort?: "-until" | "until"; after?: string; limit?: string }; body: undefined; result: { rows: (EarlyPaymentTerm)[]; next: string | null } }
  /** Count discounts for paying early. */
  listEarlyPaymentTermsCount: { path: { companyId: Id }; query: { customer?: string; ended?: "true" | "false"; from?: string; to?: string }; body: undefined; result: Counted }
  /** List entries. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listEntries: { path: { companyId: Id }; query: { from?: string; to?: string; document?: string; payment?: string; rule?: string; postedBy?: string; account?: string; reference?: string; rate?: string; import?: string; sort?: "-date" | "date"; after?: string; limit?: string; 'expand[]'?: "lines" | ("lines")[] }; body: undefined; result: { rows: (EntrySummary)[]; next: string | null } }
  /** Count entries. */
  listEntriesCount: { path: { companyId: Id }; query: { from?: string; to?: string; document?: string; payment?: string; rule?: string; postedBy?: string; account?: string; reference?: string; rate?: string; import?: string }; body: undefined; result: Counted }
  /** List who answers for each kind of data. */
  listExceptionDuties: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (ExceptionDuty)[] } }
  /** Get how the company is told of its exceptions. */
  listExceptionSettings: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: ExceptionSettings }
  /** List what a person must look at. */
  listExceptions: { path: { companyId: Id }; query: { state?: "open" | "in_progress" | "resolved" | "dismissed"; kind?: string; owner?: string; source?: string; view?: "mine" | "mentioned" | "unassigned" | "overdue" | "waiting" | "closed"; sort?: "amount" | "due"; import?: string; after?: string; limit?: number }; body: undefined; result: { rows: (Exception)[]; next: string | null } }
  /** Count the exceptions that wait. */
  listExceptionsCounts: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: ExceptionCounts }
  /** List whom a note can name. Everybody of the company who may see its exceptions. */
  listExceptionsPeople: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (Mentionable)[] } }
  /** Take the whole journal away. As text that hledger and ledger, or beancount, or a spreadsheet read. Seals first. */
  listExportJournal: { path: { companyId: Id }; query: { format: "hledger" | "beancount" | "csv" }; body: undefined; result: string }
  /** Take customers away. All that the list has with these filters, as one moment of the books has it. Columns: id, number, name, country, paymentDays. */
  listExportsCustomers: { path: { companyId: Id }; query: { number?: string; country?: string; like?: string; open?: "true"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take invoices, credit notes and other documents away. All that the list has with these filters, as one moment of the books has it. Columns: id, kind, source, number, issuedOn, dueOn, customer, customerNumber, country, order, settlement, prices, net, tax, gross, ordered, open, earlyPayment.percent, earlyPayment.until, earlyPayment.endedOn, credits, seller.legalName, seller.tradingName, seller.registrationNumber, seller.registrationScheme, seller.identifier, seller.identifierScheme, seller.electronicAddress, seller.electronicAddressScheme, seller.legalInformation, seller.contact, seller.phone, seller.email, seller.website, seller.address, seller.taxNumbers, currency. */
  listExportsDocuments: { path: { companyId: Id }; query: { kind?: "invoice" | "credit_note" | "bad_debt" | "stock_adjustment" | "free_items" | "order"; from?: string; to?: string; number?: string; order?: string; customer?: string; source?: string; country?: string; channel?: string; item?: string; itemGroup?: string; taxCode?: string; without?: "customer" | "channel" | "country"; atLeast?: string; atMost?: string; dueBefore?: string; import?: string; open?: "true"; sort?: "-issuedOn" | "issuedOn"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take invoices and bills of earlier books away. All that the list has with these filters, as one moment of the books has it. Columns: id, kind, source, externalId, number, party, partyNumber, issuedOn, dueOn, status, currency, rate, total, tax, open. */
  listExportsEarlierDocuments: { path: { companyId: Id }; query: { kind?: "invoice" | "bill"; source?: string; number?: string; party?: string; from?: string; to?: string; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take discounts for paying early away. All that the list has with these filters, as one moment of the books has it. Columns: id, number, customer, customerName, percent, until, endedOn, reason, gross, open, currency. */
  listExportsEarlyPaymentTerms: { path: { companyId: Id }; query: { customer?: string; ended?: "true" | "false"; from?: string; to?: string; sort?: "-until" | "until"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take entries away. All that the list has with these filters, as one moment of the books has it. Columns: entryId, number, date, effectiveOn, rule, source.kind, source.id, reverses, description, postedBy, postedAt. */
  listExportsEntries: { path: { companyId: Id }; query: { from?: string; to?: string; document?: string; payment?: string; rule?: string; postedBy?: string; account?: string; reference?: string; rate?: string; import?: string; sort?: "-date" | "date"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take what a person must look at away. All that the list has with these filters, as one moment of the books has it. Columns: id, kind, dataKind, source, subject, message, amount, owner, due, state, escalations, resolution, openedAt, closedBy, closedAt, approvalId, currency. */
  listExportsExceptions: { path: { companyId: Id }; query: { state?: "open" | "in_progress" | "resolved" | "dismissed"; kind?: string; owner?: string; source?: string; view?: "mine" | "mentioned" | "unassigned" | "overdue" | "waiting" | "closed"; sort?: "amount" | "due"; import?: string; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take movements of gift cards away. All that the list has with these filters, as one moment of the books has it. Columns: id, card, lastFour, kind, reference, tax, movedOn, amount, entry, document, documentNumber, currency. */
  listExportsGiftCardMovements: { path: { companyId: Id }; query: { card?: string; kind?: "sold" | "redeemed" | "refunded" | "lapsed"; from?: string; to?: string; sort?: "-movedOn" | "movedOn"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take gift cards away. All that the list has with these filters, as one moment of the books has it. Columns: id, lastFour, identified, purpose, taxCode, expiresOn, lastMovedOn, balance, currency. */
  listExportsGiftCards: { path: { companyId: Id }; query: { code?: string; lastFour?: string; customer?: string; purpose?: "multi" | "single"; balance?: "some" | "none"; expired?: "true" | "false"; unusedSince?: string; atLeast?: string; atMost?: string; sort?: "-id" | "id" | "-balance" | "balance" | "-lastMovedOn" | "lastMovedOn"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take item groups away. All that the list has with these filters, as one moment of the books has it. Columns: id, code, name, items. */
  listExportsItemGroups: { path: { companyId: Id }; query: { code?: string; like?: string; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take items with their sales away. All that the list has with these filters, as one moment of the books has it. Columns: id, code, name, kind, itemGroup, from, to, sales, source.report, source.list, source.parameters, currency. */
  listExportsItemSales: { path: { companyId: Id }; query: { from?: string; to?: string; code?: string; like?: string; kind?: "goods" | "service"; itemGroup?: string; sort?: "-sales" | "sales" | "code"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take items away. All that the list has with these filters, as one moment of the books has it. Columns: id, code, name, kind, itemGroup, taxCode. */
  listExportsItems: { path: { companyId: Id }; query: { code?: string; kind?: "goods" | "service"; taxCode?: string; like?: string; itemGroup?: string; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take open items away. All that the list has with these filters, as one moment of the books has it. Columns: id, customer, customerNumber, customerName, documentNumber, source.kind, source.id, openedOn, dueOn, amount, open, currency. */
  listExportsOpenItems: { path: { companyId: Id }; query: { customer?: string; atLeast?: string; atMost?: string; dueBefore?: string; sort?: "dueOn" | "-dueOn"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take open items of suppliers away. All that the list has with these filters, as one moment of the books has it. Columns: id, supplier, supplierNumber, supplierName, documentNumber, source.kind, source.id, openedOn, dueOn, amount, open, currency. */
  listExportsPayableItems: { path: { companyId: Id }; query: { supplier?: string; atLeast?: string; atMost?: string; dueBefore?: string; sort?: "dueOn" | "-dueOn"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take payments and refunds away. All that the list has with these filters, as one moment of the books has it. Columns: id, kind, source, reference, method, customer, customerNumber, document, order, paidOn, amount, refunded, refunds, currency. */
  listExportsPayments: { path: { companyId: Id }; query: { kind?: "capture" | "refund"; from?: string; to?: string; source?: string; method?: string; atLeast?: string; atMost?: string; reference?: string; order?: string; document?: string; refunds?: string; customer?: string; sort?: "-paidOn" | "paidOn"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take store credit by customer away. All that the list has with these filters, as one moment of the books has it. Columns: id, customerNumber, customerName, lastMovedOn, balance, currency. */
  listExportsStoreCredit: { path: { companyId: Id }; query: { customer?: string; balance?: "some" | "none"; atLeast?: string; atMost?: string; sort?: "-balance" | "balance"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take movements of store credit away. All that the list has with these filters, as one moment of the books has it. Columns: id, customer, customerNumber, kind, reference, movedOn, amount, entry, document, documentNumber, currency. */
  listExportsStoreCreditMovements: { path: { companyId: Id }; query: { customer?: string; kind?: "issued" | "redeemed" | "cashed"; from?: string; to?: string; sort?: "-movedOn" | "movedOn"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** Take suppliers away. All that the list has with these filters, as one moment of the books has it. Columns: id, number, name, country, paymentDays. */
  listExportsSuppliers: { path: { companyId: Id }; query: { number?: string; country?: string; like?: string; open?: "true"; format?: "csv" | "xlsx"; columns?: string }; body: undefined; result: string }
  /** List movements of gift cards. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listGiftCardMovements: { path: { companyId: Id }; query: { card?: string; kind?: "sold" | "redeemed" | "refunded" | "lapsed"; from?: string; to?: string; sort?: "-movedOn" | "movedOn"; after?: string; limit?: string }; body: undefined; result: { rows: (GiftCardMovement)[]; next: string | null } }
  /** Count movements of gift cards. */
  listGiftCardMovementsCount: { path: { companyId: Id }; query: { card?: string; kind?: "sold" | "redeemed" | "refunded" | "lapsed"; from?: string; to?: string }; body: undefined; result: Counted }
  /** List gift cards. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listGiftCards: { path: { companyId: Id }; query: { code?: string; lastFour?: string; customer?: string; purpose?: "multi" | "single"; balance?: "some" | "none"; expired?: "true" | "false"; unusedSince?: string; atLeast?: string; atMost?: string; sort?: "-id" | "id" | "-balance" | "balance" | "-lastMovedOn" | "lastMovedOn"; after?: string; limit?: string }; body: undefined; result: { rows: (GiftCard)[]; next: string | null } }
  /** Count gift cards. */
  listGiftCardsCount: { path: { companyId: Id }; query: { code?: string; lastFour?: string; customer?: string; purpose?: "multi" | "single"; balance?: "some" | "none"; expired?: "true" | "false"; unusedSince?: string; atLeast?: string; atMost?: string }; body: undefined; result: Counted }
  /** Tell whether the service runs. */
  listHealthz: { path: Record<never, never>; query: Record<never, never>; body: undefined; result: { ok: true; version: string } }
  /** Read all that the first screen shows. Sales by day beside last year, what is owed, tax, cash, what sold best, what waits for a person, the latest import, and the state of every check; each part for whoever may read it. Every figure has a `source`. */
  listHome: { path: { companyId: Id }; query: { asOf?: string; days?: string; top?: string }; body: undefined; result: Home }
  /** List what was recorded of who the company is. */
  listIdentityVersions: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (CompanyIdentityVersion)[] } }
  /** List the formats that can be imported. In words, with what a file may be: how large, how many, and what its name ends in. */
  listImportFormats: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: ImportFormats }
  /** List the imports. */
  listImports: { path: { companyId: Id }; query: { after?: string; limit?: string; state?: "uploaded" | "checking" | "ready" | "running" | "paused" | "cancelled" | "done" | "failed"; format?: string; file?: string }; body: undefined; result: { rows: (Import)[]; next: string | null } }
  /** Compare the trial balance before and after an import. Account by account, without and with what the import posted; of one that has posted nothing, with what its check says that it would. */
  listImportsTrialBalance: { path: { companyId: Id; importId: Id }; query: { asOf?: string }; body: undefined; result: ImportTrialBalance }
  /** List the invitations. */
  listInvitations: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (Invitation)[] } }
  /** List item groups. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listItemGroups: { path: { companyId: Id }; query: { code?: string; like?: string; after?: string; limit?: string }; body: undefined; result: { rows: (ItemGroup)[]; next: string | null } }
  /** Count item groups. */
  listItemGroupsCount: { path: { companyId: Id }; query: { code?: string; like?: string }; body: undefined; result: Counted }
  /** List items with their sales. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listItemSales: { path: { companyId: Id }; query: { from?: string; to?: string; code?: string; like?: string; kind?: "goods" | "service"; itemGroup?: string; sort?: "-sales" | "sales" | "code"; after?: string; limit?: string }; body: undefined; result: { rows: (ItemSales)[]; next: string | null } }
  /** Count items with their sales. */
  listItemSalesCount: { path: { companyId: Id }; query: { from?: string; to?: string; code?: string; like?: string; kind?: "goods" | "service"; itemGroup?: string }; body: undefined; result: Counted }
  /** List items. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listItems: { path: { companyId: Id }; query: { code?: string; kind?: "goods" | "service"; taxCode?: string; like?: string; itemGroup?: string; after?: string; limit?: string }; body: undefined; result: { rows: (Item)[]; next: string | null } }
  /** Count items. */
  listItemsCount: { path: { companyId: Id }; query: { code?: string; kind?: "goods" | "service"; taxCode?: string; like?: string; itemGroup?: string }; body: undefined; result: Counted }
  /** List the templates of journals. The newest version of each: those of the company, and those that the product brings along. */
  listJournalTemplates: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (ListedJournalTemplate)[] } }
  /** List the journals by hand. Drafts and posted ones, with who wrote them, why, and what takes them back. */
  listJournals: { path: { companyId: Id }; query: { state?: "draft" | "posted" | "discarded"; sort?: "writtenAt" | "-writtenAt"; after?: string; limit?: number }; body: undefined; result: { rows: (ListedJournal)[]; next: Id | null } }
  /** List what the codes in a source's files stand for. */
  listLineCodeRules: { path: { companyId: Id }; query: { source?: string; after?: string; limit?: string }; body: undefined; result: { rows: (LineCodeRule)[]; next: string | null } }
  /** List when the mapping was applied. */
  listMappingApplications: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (MappingApplication)[] } }
  /** List the mapping rules. Every version of every rule. The most specific rule in effect on a day chooses the account. */
  listMappingRules: { path: { companyId: Id }; query: { role?: string; after?: string; limit?: string }; body: undefined; result: { rows: (ListedMappingRule)[]; next: string | null } }
  /** Tell who is signed in, and what they may do. */
  listMe: { path: Record<never, never>; query: Record<never, never>; body: undefined; result: Me }
  /** List the own passkeys. */
  listMePasskeys: { path: Record<never, never>; query: Record<never, never>; body: undefined; result: { rows: (Passkey)[] } }
  /** List the own sessions. */
  listMeSessions: { path: Record<never, never>; query: Record<never, never>; body: undefined; result: { rows: (Session)[] } }
  /** Take the month-end pack away. The statements of a month as a printed document and a workbook, its general ledger and journal as CSV, and a list of the files with their hashes, in a ZIP archive. Seals first, and proves the books. */
  listMonthEndPack: { path: { companyId: Id }; query: { period: Month }; body: undefined; result: string }
  /** List open items. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listOpenItems: { path: { companyId: Id }; query: { customer?: string; atLeast?: string; atMost?: string; dueBefore?: string; sort?: "dueOn" | "-dueOn"; after?: string; limit?: string; 'expand[]'?: "customer" | ("customer")[] }; body: undefined; result: { rows: (OpenItem)[]; next: string | null } }
  /** Count open items. */
  listOpenItemsCount: { path: { companyId: Id }; query: { customer?: string; atLeast?: string; atMost?: string; dueBefore?: string }; body: undefined; result: Counted }
  /** Find customers or suppliers by a few letters. Those whose number begins with them, or whose name holds them: in order of number, at most twenty. */
  listParties: { path: { companyId: Id }; query: { kind: "customer" | "supplier"; letters?: string }; body: undefined; result: { rows: (Party)[] } }
  /** List open items of suppliers. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listPayableItems: { path: { companyId: Id }; query: { supplier?: string; atLeast?: string; atMost?: string; dueBefore?: string; sort?: "dueOn" | "-dueOn"; after?: string; limit?: string }; body: undefined; result: { rows: (PayableItem)[]; next: string | null } }
  /** Count open items of suppliers. */
  listPayableItemsCount: { path: { companyId: Id }; query: { supplier?: string; atLeast?: string; atMost?: string; dueBefore?: string }; body: undefined; result: Counted }
  /** List payments and refunds. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listPayments: { path: { companyId: Id }; query: { kind?: "capture" | "refund"; from?: string; to?: string; source?: string; method?: string; atLeast?: string; atMost?: string; reference?: string; order?: string; document?: string; refunds?: string; customer?: string; sort?: "-paidOn" | "paidOn"; after?: string; limit?: string; 'expand[]'?: "customer" | "document" | ("customer" | "document")[] }; body: undefined; result: { rows: (Payment)[]; next: string | null } }
  /** Count payments and refunds. */
  listPaymentsCount: { path: { companyId: Id }; query: { kind?: "capture" | "refund"; from?: string; to?: string; source?: string; method?: string; atLeast?: string; atMost?: string; reference?: string; order?: string; document?: string; refunds?: string; customer?: string }; body: undefined; result: Counted }
  /** List the members of the company. */
  listPeople: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (Member)[] } }
  /** List the periods that were ever closed. A month that is not listed is open. */
  listPeriods: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (Period)[] } }
  /** List which days the entries of documents take. */
  listPostingDayRules: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (ListedPostingDayRule)[] } }
  /** List exchange rates. Every version, the latest day first: reference rates, those by hand and your own. */
  listRates: { path: { companyId: Id }; query: { currency?: string; from?: string; to?: string; limit?: number }; body: undefined; result: { rows: (ExchangeRate)[] } }
  /** Tell whether requests should be sent here. Ready is a server that reaches its database, whose schema is the one it was made for, and that has not been told to end. */
  listReadyz: { path: Record<never, never>; query: Record<never, never>; body: undefined; result: { ready: boolean; reason: string } }
  /** List the recurring journals. */
  listRecurringJournals: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (ListedRecurring)[] } }
  /** List what became of due days. */
  listRecurringJournalsDays: { path: { companyId: Id }; query: { name?: string }; body: undefined; result: { rows: (SettledDay)[] } }
  /** Preview what recurring journals will post. */
  listRecurringJournalsUpcoming: { path: { companyId: Id }; query: { until: string }; body: undefined; result: { rows: (UpcomingJournal)[] } }
  /** List the reports that there are. Each with what it can be asked. */
  listReports: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: ReportKinds }
  /** Read a report as a table. As it stands in a spreadsheet, for whoever shows reports without knowing each of them. */
  listReportsTable: { path: { companyId: Id; name: string }; query: { asOf?: string; from?: string; to?: string; by?: string; compare?: string; account?: string; cursor?: string; limit?: string; channel?: string; item?: string; itemGroup?: string; country?: string; party?: string; taxCode?: string; taxAuthority?: string; currency?: string; without?: string; yearClosings?: string; count?: string; method?: string; budget?: string; items?: string; parties?: string; most?: string }; body: undefined; result: ReportTable }
  /** Get how far the making of a sample company is. */
  listSample: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: SampleCompany }
  /** Find anything by a few letters. Documents by number or order, customers, suppliers, items, accounts, payments by reference, entries by number or reference, imports by file: what is called just so first, then what begins so, then what holds it or is written much like it. What the caller may not see is not found. */
  listSearch: { path: { companyId: Id }; query: { q: string; kinds?: "document" | "customer" | "supplier" | "item" | "account" | "payment" | "entry" | "import" | ("document" | "customer" | "supplier" | "item" | "account" | "payment" | "entry" | "import")[]; limit?: string }; body: undefined; result: { rows: (SearchHit)[] } }
  /** List what the payment and tax names in a source's files stand for. The rules of the company. A name that none of them matches is read by what is known of the source. */
  listSourceNameRules: { path: { companyId: Id }; query: { source?: string }; body: undefined; result: { rows: (SourceNameRule)[] } }
  /** List store credit by customer. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listStoreCredit: { path: { companyId: Id }; query: { customer?: string; balance?: "some" | "none"; atLeast?: string; atMost?: string; sort?: "-balance" | "balance"; after?: string; limit?: string }; body: undefined; result: { rows: (StoreCredit)[]; next: string | null } }
  /** Count store credit by customer. */
  listStoreCreditCount: { path: { companyId: Id }; query: { customer?: string; balance?: "some" | "none"; atLeast?: string; atMost?: string }; body: undefined; result: Counted }
  /** List movements of store credit. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listStoreCreditMovements: { path: { companyId: Id }; query: { customer?: string; kind?: "issued" | "redeemed" | "cashed"; from?: string; to?: string; sort?: "-movedOn" | "movedOn"; after?: string; limit?: string }; body: undefined; result: { rows: (StoreCreditMovement)[]; next: string | null } }
  /** Count movements of store credit. */
  listStoreCreditMovementsCount: { path: { companyId: Id }; query: { customer?: string; kind?: "issued" | "redeemed" | "cashed"; from?: string; to?: string }; body: undefined; result: Counted }
  /** List the accounts of earlier charts. */
  listStructuresAccounts: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (LegacyAccount)[] } }
  /** Read the trial balance by another structure. By an earlier chart, or as the accounts were before a merge or an application of the mapping: before:ID. */
  listStructuresTrialBalance: { path: { companyId: Id; structure: string }; query: { asOf?: string }; body: undefined; result: StructureBalance }
  /** List suppliers. A page at a time: what comes meanwhile neither repeats nor hides any row. */
  listSuppliers: { path: { companyId: Id }; query: { number?: string; country?: string; like?: string; open?: "true"; after?: string; limit?: string }; body: undefined; result: { rows: (Supplier)[]; next: string | null } }
  /** Count suppliers. */
  listSuppliersCount: { path: { companyId: Id }; query: { number?: string; country?: string; like?: string; open?: "true" }; body: undefined; result: Counted }
  /** List the tax codes with their rates. */
  listTaxCodes: { path: { companyId: Id }; query: { after?: string; limit?: string }; body: undefined; result: { rows: (TaxCode)[]; next: string | null } }
  /** List the tax numbers of the company. */
  listTaxNumbers: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (TaxNumber)[] } }
  /** List the views of lists. */
  listViews: { path: { companyId: Id }; query: { area?: string }; body: undefined; result: { rows: (View)[] } }
  /** List the webhook endpoints. */
  listWebhookEndpoints: { path: { companyId: Id }; query: Record<never, never>; body: undefined; result: { rows: (WebhookEndpoint)[] } }
  /** List the deliveries to a webhook endpoint. The log: each event with every attempt, the latest first. Kept for 30 days. */
  listWebhookEndpointsDeliveries: { path: { companyId: Id; endpointId: Id }; query: { after?: Id }; body: undefined; result: { rows: (WebhookDelivery)[]; next: string | null } }
  /** Pause an import. It stops with the batch that is under way, whichever server runs it. What it has posted stays. */
  pauseImport: { path: { companyId: Id; importId: Id }; query: Record<never, never>; body: undefined; result: Import }
  /** Remove an attachment from a draft. What is beside something posted stays. */
  removeAttachment: { path: { companyId: Id; attachmentId: Id }; query: Record<never, never>; body: undefined; result: Saved }
  /** Remove one of the own passkeys. */
  removeMePasskey: { path: { id: string }; query: Record<never, never>; body: Record<string, never>; result: Done }
  /** Remove a view of a list. */
  removeView: { path: { companyId: Id; viewId: Id }; query: Record<never, never>; body: undefined; result: Removed }
  /** Reopen a closed period. Where the company wants a second person for it, it waits for approval: 202. */
  reopenPeriod: { path: { companyId: Id; month: Month }; query: Record<never, never>; body: PeriodReopening; result: Period | ApprovalRequest }
  /** Set what needs a second person. Entries by hand above an amount, every reopening of a period, every closing of a fiscal year, or every change of bank details. What loosens a rule waits for a second person itself. */
  replaceApprovalRule: { path: { companyId: Id; kind: "journal" | "period_reopening" | "year_closing" | "bank_details" }; query: Record<never, never>; body: ApprovalRuleChange; result: ApprovalRule | ApprovalRequest }
  /** Say where the company is paid. Adds or changes the bank account of this name. Where the company wants a second person for bank details, it waits for approval: 202. */
  replaceBankAccount: { path: { companyId: Id; name: string }; query: Record<never, never>; body: BankAccountChange; result: BankAccount | ApprovalRequest }
  /** Set amounts of a budget. Each takes the place of the one for its account, month and channel. All of them, or none. */
  replaceBudgetsAmounts: { path: { companyId: Id; code: string }; query: Record<never, never>; body: BudgetAmounts; result: Saved }
  /** Set how the company is told of its exceptions. */
  replaceExceptionSettings: { path: { companyId: Id }; query: Record<never, never>; body: ExceptionSettings; result: ExceptionSettings }
  /** Record who the company is from a day on. What was recorded before stays, and holds for the days before it: what was printed then can be printed again. `If-Match` takes the tag of what holds today. */
  replaceIdentity: { path: { companyId: Id }; query: Record<never, never>; body: CompanyIdentityChange; result: CompanyIdentity }
  /** Say which accounts the accounts of an import are. For files of journals, beside what their accounts.csv says: of this import alone. What was said of other accounts stays. One with a class is added where the chart lacks it, when the import runs. */
  replaceImportsAccounts: { path: { companyId: Id; importId: Id }; query: Record<never, never>; body: AccountChoices; result: Import }
  /** Change a draft of a journal. All of it is as it is sent then; its reference stays. With `If-Match` only if nobody else has changed it since it was read. */
  replaceJournal: { path: { companyId: Id; journalId: Id }; query: Record<never, never>; body: NewJournal; result: JournalDetail }
  /** Replace the tax numbers of the company. Their form and check digits are looked at, without asking anybody. Of one authority and kind one number is valid on a day. */
  replaceTaxNumbers: { path: { companyId: Id }; query: Record<never, never>; body: TaxNumbersChange; result: { rows: (TaxNumber)[] } }
  /** Send events to a webhook endpoint again. Single deliveries, or everything since a moment. Each keeps its `webhook-id`. */
  replayWebhookEndpoint: { path: { companyId: Id; endpointId: Id }; query: Record<never, never>; body: WebhookReplay; result: WebhookReplayed }
  /** Reverse an entry. Posts an entry that takes it back. What a document posted is corrected by a document. Where the company wants a second person for so much, it waits for approval: 202. */
  reverseEntry: { path: { companyId: Id; entryId: Id }; query: Record<never, never>; body: EntryReversal; result: Entry | ApprovalRequest }
  /** Revoke an API key. An own one; whoever manages people revokes any. */
  revokeApiKey: { path: { companyId: Id; keyId: Id }; query: Record<never, never>; body: Record<string, never>; result: Done }
  /** Give a webhook endpoint a new secret. For 24 hours what is sent is signed by the previous secret as well. */
  rotateSecretWebhookEndpoint: { path: { companyId: Id; endpointId: Id }; query: Record<never, never>; body: Record<string, never>; result: WebhookSecret }
  /** Run an import, or go on with it. Of one that is ready, and of one that was paused or failed: it goes on where it stopped, since what is in the books already is left alone. */
  runImport: { path: { companyId: Id; importId: Id }; query: Record<never, never>; body: undefined; result: Import }
  /** Send a test event to a webhook endpoint. */
  testWebhookEndpoint: { path: { companyId: Id; endpointId: Id }; query: Record<never, never>; body: Record<string, never>; result: { delivery: Id } }
  /** Take a planned version away. It stays recorded and never holds. One whose day has come stays. `If-Match` takes the tag of what holds today. */
  withdrawIdentity: { path: { companyId: Id; version: string }; query: Record<never, never>; body: undefined; result: CompanyIdentity }
  /** Withdraw an invitation. */
  withdrawInvitation: { path: { companyId: Id; invitationId: Id }; query: Record<never, never>; body: Record<string, never>; result: Done }
}

/** Where each operation is. */
export const addresses: Readonly<Record<keyof Operations, readonly [method: string, path: string]>> = {
  approveApproval: ['POST', '/api/v1/companies/{companyId}/approvals/{approvalId}/approve'],
  cancelImport: ['POST', '/api/v1/companies/{companyId}/imports/{importId}/cancel'],
  changeAccount: ['PATCH', '/api/v1/companies/{companyId}/accounts/{code}'],
  changeCompany: ['PATCH', '/api/v1/companies/{companyId}'],
  changeCustomer: ['PATCH', '/api/v1/companies/{companyId}/customers/{customerId}'],
  changeItem: ['PATCH', '/api/v1/companies/{companyId}/items/{itemId}'],
  changeItemGroup: ['PATCH', '/api/v1/companies/{companyId}/item-groups/{itemGroupId}'],
  changeMe: ['PATCH', '/api/v1/me'],
  changePeople: ['PATCH', '/api/v1/companies/{companyId}/people/{userId}'],
  changeView: ['PATCH', '/api/v1/companies/{companyId}/views/{viewId}'],
  changeWebhookEndpoint: ['PATCH', '/api/v1/companies/{companyId}/webhook-endpoints/{endpointId}'],
  checkImport: ['POST', '/api/v1/companies/{companyId}/imports/{importId}/check'],
  closePeriod: ['POST', '/api/v1/companies/{companyId}/periods/{month}/close'],
  createAccounts: ['POST', '/api/v1/companies/{companyId}/accounts'],
  createAccountsMerges: ['POST', '/api/v1/companies/{companyId}/accounts/merges'],
  createApiKeys: ['POST', '/api/v1/companies/{companyId}/api-keys'],
  createBadDebts: ['POST', '/api/v1/companies/{companyId}/bad-debts'],
  createBudgets: ['POST', '/api/v1/companies/{companyId}/budgets'],
  createChecks: ['POST', '/api/v1/companies/{companyId}/checks'],
  createCompanies: ['POST', '/api/v1/companies'],
  createCreditNotes: ['POST', '/api/v1/companies/{companyId}/credit-notes'],
  createCustomers: ['POST', '/api/v1/companies/{companyId}/customers'],
  createDepositsApplications: ['POST', '/api/v1/companies/{companyId}/deposits/applications'],
  createDepositsForfeitures: ['POST', '/api/v1/companies/{companyId}/deposits/forfeitures'],
  createDestinationNames: ['POST', '/api/v1/companies/{companyId}/destination-names'],
  createDestinationRules: ['POST', '/api/v1/companies/{companyId}/destination-rules'],
  createEntries: ['POST', '/api/v1/companies/{companyId}/entries'],
  createEntriesBulk: ['POST', '/api/v1/companies/{companyId}/entries/bulk'],
  createExceptionDuties: ['POST', '/api/v1/companies/{companyId}/exception-duties'],
  createExceptionsAssignments: ['POST', '/api/v1/companies/{companyId}/exceptions/assignments'],
  createExceptionsDismissals: ['POST', '/api/v1/companies/{companyId}/exceptions/dismissals'],
  createExceptionsDueDays: ['POST', '/api/v1/companies/{companyId}/exceptions/due-days'],
  createExceptionsNotes: ['POST', '/api/v1/companies/{companyId}/exceptions/notes'],
  createExceptionsReopenings: ['POST', '/api/v1/companies/{companyId}/exceptions/reopenings'],
  createExceptionsReruns: ['POST', '/api/v1/companies/{companyId}/exceptions/reruns'],
  createExceptionsResolutions: ['POST', '/api/v1/companies/{companyId}/exceptions/resolutions'],
  createExceptionsSeen: ['POST', '/api/v1/companies/{companyId}/exceptions/seen'],
  createExceptionsWork: ['POST', '/api/v1/companies/{companyId}/exceptions/work'],
  createFees: ['POST', '/api/v1/companies/{companyId}/fees'],
  createGiftCardsBreakage: ['POST', '/api/v1/companies/{companyId}/gift-cards/breakage'],
  createGiftCardsRedemptions: ['POST', '/api/v1/companies/{companyId}/gift-cards/redemptions'],
  createGiftCardsRefunds: ['POST', '/api/v1/companies/{companyId}/gift-cards/refunds'],
  createGiftCardsSales: ['POST', '/api/v1/companies/{companyId}/gift-cards/sales'],
  createImports: ['POST', '/api/v1/companies/{companyId}/imports'],
  createImportsFiles: ['POST', '/api/v1/companies/{companyId}/imports/files'],
  createImportsRecognitions: ['POST', '/api/v1/companies/{companyId}/imports/recognitions'],
  createInvitations: ['POST', '/api/v1/companies/{companyId}/invitations'],
  createInvitationsAccept: ['POST', '/api/v1/invitations/accept'],
  createInvoices: ['POST', '/api/v1/companies/{companyId}/invoices'],
  createInvoicesEarlyPaymentTerms: ['POST', '/api/v1/companies/{companyId}/invoices/early-payment-terms'],
  createItemGroups: ['POST', '/api/v1/companies/{companyId}/item-groups'],
  createItems: ['POST', '/api/v1/companies/{companyId}/items'],
  createJournalTemplates: ['POST', '/api/v1/companies/{companyId}/journal-templates'],
  createJournalsDrafts: ['POST', '/api/v1/companies/{companyId}/journals/drafts'],
  createJournalsDraftsDiscard: ['POST', '/api/v1/companies/{companyId}/journals/drafts/discard'],
  createJournalsDraftsPost: ['POST', '/api/v1/companies/{companyId}/journals/drafts/post'],
  createJournalsFromTemplates: ['POST', '/api/v1/companies/{companyId}/journals/from-templates'],
  createJournalsFromTemplatesPreview: ['POST', '/api/v1/companies/{companyId}/journals/from-templates/preview'],
  createLineCodeRules: ['POST', '/api/v1/companies/{companyId}/line-code-rules'],
  createMappingRules: ['POST', '/api/v1/companies/{companyId}/mapping-rules'],
  createMappingRulesApply: ['POST', '/api/v1/companies/{companyId}/mapping-rules/apply'],
  createMappingRulesPreview: ['POST', '/api/v1/companies/{companyId}/mapping-rules/preview'],
  createMePasskeys: ['POST', '/api/v1/me/passkeys'],
  createMePasskeysOptions: ['POST', '/api/v1/me/passkeys/options'],
  createMePassword: ['POST', '/api/v1/me/password'],
  createMeRecoveryCodes: ['POST', '/api/v1/me/recovery-codes'],
  createMeSecondFactor: ['POST', '/api/v1/me/second-factor'],
  createMeSecondFactorConfirm: ['POST', '/api/v1/me/second-factor/confirm'],
  createMeSecondFactorEnd: ['POST', '/api/v1/me/second-factor/end'],
  createOpenItemsApplications: ['POST', '/api/v1/companies/{companyId}/open-items/applications'],
  createOpeningBalances: ['POST', '/api/v1/companies/{companyId}/opening-balances'],
  createPasswordReset: ['POST', '/api/v1/password-reset'],
  createPaymentsCaptures: ['POST', '/api/v1/companies/{companyId}/payments/captures'],
  createPaymentsEarly: ['POST', '/api/v1/companies/{companyId}/payments/early'],
  createPaymentsReceived: ['POST', '/api/v1/companies/{companyId}/payments/received'],
  createPaymentsRefunds: ['POST', '/api/v1/companies/{companyId}/payments/refunds'],
  createPayouts: ['POST', '/api/v1/companies/{companyId}/payouts'],
  createPostingDayRules: ['POST', '/api/v1/companies/{companyId}/posting-day-rules'],
  createRates: ['POST', '/api/v1/companies/{companyId}/rates'],
  createReclassifications: ['POST', '/api/v1/companies/{companyId}/reclassifications'],
  createRecurringJournals: ['POST', '/api/v1/companies/{companyId}/recurring-journals'],
  createRecurringJournalsChanges: ['POST', '/api/v1/companies/{companyId}/recurring-journals/changes'],
  createRecurringJournalsRetries: ['POST', '/api/v1/companies/{companyId}/recurring-journals/retries'],
  createRevaluations: ['POST', '/api/v1/companies/{companyId}/revaluations'],
  createSampleCompanies: ['POST', '/api/v1/sample-companies'],
  createSeal: ['POST', '/api/v1/companies/{companyId}/seal'],
  createSession: ['POST', '/api/v1/session'],
  createSessionEnd: ['POST', '/api/v1/session/end'],
  createSessionPasskey: ['POST', '/api/v1/session/passkey'],
  createSessionPasskeyOptions: ['POST', '/api/v1/session/passkey-options'],
  createSessionSecondFactor: ['POST', '/api/v1/session/second-factor'],
  createSetup: ['POST', '/api/v1/setup'],
  createSourceNameRules: ['POST', '/api/v1/companies/{companyId}/source-name-rules'],
  createStoreCreditIssues: ['POST', '/api/v1/companies/{companyId}/store-credit/issues'],
  createStoreCreditPayouts: ['POST', '/api/v1/companies/{companyId}/store-credit/payouts'],
  createStoreCreditRedemptions: ['POST', '/api/v1/companies/{companyId}/store-credit/redemptions'],
  createStructuresAccounts: ['POST', '/api/v1/companies/{companyId}/structures/accounts'],
  createViews: ['POST', '/api/v1/companies/{companyId}/views'],
  createWebhookEndpoints: ['POST', '/api/v1/companies/{companyId}/webhook-endpoints'],
  createYearsClose: ['POST', '/api/v1/companies/{companyId}/years/close'],
  declineApproval: ['POST', '/api/v1/companies/{companyId}/approvals/{approvalId}/decline'],
  endEarlyPaymentTerm: ['POST', '/api/v1/companies/{companyId}/early-payment-terms/{documentId}/end'],
  endMeSession: ['POST', '/api/v1/me/sessions/{id}/end'],
  endPeople: ['POST', '/api/v1/companies/{companyId}/people/{userId}/end'],
  followImport: ['GET', '/api/v1/companies/{companyId}/imports/{importId}/events'],
  getAccount: ['GET', '/api/v1/companies/{companyId}/accounts/{code}'],
  getApproval: ['GET', '/api/v1/companies/{companyId}/approvals/{approvalId}'],
  getCompany: ['GET', '/api/v1/companies/{companyId}'],
  getCustomer: ['GET', '/api/v1/companies/{companyId}/customers/{customerId}'],
  getDocument: ['GET', '/api/v1/companies/{companyId}/documents/{documentId}'],
  getEarlierDocument: ['GET', '/api/v1/companies/{companyId}/earlier-documents/{earlierDocumentId}'],
  getEarlyPaymentTerm: ['GET', '/api/v1/companies/{companyId}/early-payment-terms/{documentId}'],
  getEntry: ['GET', '/api/v1/companies/{companyId}/entries/{entryId}'],
  getException: ['GET', '/api/v1/companies/{companyId}/exceptions/{exceptionId}'],
  getGiftCard: ['GET', '/api/v1/companies/{companyId}/gift-cards/{giftCardId}'],
  getIdentity: ['GET', '/api/v1/companies/{companyId}/identity'],
  getImport: ['GET', '/api/v1/companies/{companyId}/imports/{importId}'],
  getItem: ['GET', '/api/v1/companies/{companyId}/items/{itemId}'],
  getItemGroup: ['GET', '/api/v1/companies/{companyId}/item-groups/{itemGroupId}'],
  getItemSale: ['GET', '/api/v1/companies/{companyId}/item-sales/{itemId}'],
  getJournal: ['GET', '/api/v1/companies/{companyId}/journals/{journalId}'],
  getLetterhead: ['GET', '/api/v1/companies/{companyId}/letterhead'],
  getMappingRule: ['GET', '/api/v1/companies/{companyId}/mapping-rules/{ruleId}'],
  getOpenItem: ['GET', '/api/v1/companies/{companyId}/open-items/{openItemId}'],
  getPayment: ['GET', '/api/v1/companies/{companyId}/payments/{paymentId}'],
  getRate: ['GET', '/api/v1/companies/{companyId}/rates/{currency}/{on}'],
  getReport: ['GET', '/api/v1/companies/{companyId}/reports/{name}'],
  getStoreCredit: ['GET', '/api/v1/companies/{companyId}/store-credit/{customerId}'],
  getSupplier: ['GET', '/api/v1/companies/{companyId}/suppliers/{supplierId}'],
  getTaxCode: ['GET', '/api/v1/companies/{companyId}/tax-codes/{code}'],
  getView: ['GET', '/api/v1/companies/{companyId}/views/{viewId}'],
  getWebhookEndpoint: ['GET', '/api/v1/companies/{companyId}/webhook-endpoints/{endpointId}'],
  listAccounts: ['GET', '/api/v1/companies/{companyId}/accounts'],
  listApiKeys: ['GET', '/api/v1/companies/{companyId}/api-keys'],
  listApprovalRules: ['GET', '/api/v1/companies/{companyId}/approval-rules'],
  listApprovals: ['GET', '/api/v1/companies/{companyId}/approvals'],
  listAttachments: ['GET', '/api/v1/companies/{companyId}/attachments'],
  listAttachmentsContent: ['GET', '/api/v1/companies/{companyId}/attachments/{attachmentId}/content'],
  listAudit: ['GET', '/api/v1/audit'],
  listAuditLog: ['GET', '/api/v1/companies/{companyId}/audit-log'],
  listBankAccounts: ['GET', '/api/v1/companies/{companyId}/bank-accounts'],
  listBudgets: ['GET', '/api/v1/companies/{companyId}/budgets'],
  listBudgetsAmounts: ['GET', '/api/v1/companies/{companyId}/budgets/{code}/amounts'],
  listChannels: ['GET', '/api/v1/companies/{companyId}/channels'],
  listChecks: ['GET', '/api/v1/companies/{companyId}/checks'],
  listCompanies: ['GET', '/api/v1/companies'],
  listCountries: ['GET', '/api/v1/countries'],
  listCustomers: ['GET', '/api/v1/companies/{companyId}/customers'],
  listCustomersCount: ['GET', '/api/v1/companies/{companyId}/customers/count'],
  listDestinationNames: ['GET', '/api/v1/companies/{companyId}/destination-names'],
  listDestinationRules: ['GET', '/api/v1/companies/{companyId}/destination-rules'],
  listDocuments: ['GET', '/api/v1/companies/{companyId}/documents'],
  listDocumentsCount: ['GET', '/api/v1/companies/{companyId}/documents/count'],
  listDocumentsTimeline: ['GET', '/api/v1/companies/{companyId}/documents/{documentId}/timeline'],
  listEarlierDocuments: ['GET', '/api/v1/companies/{companyId}/earlier-documents'],
  listEarlierDocumentsCount: ['GET', '/api/v1/companies/{companyId}/earlier-documents/count'],
  listEarlyPaymentTerms: ['GET', '/api/v1/companies/{companyId}/early-payment-terms'],
  listEarlyPaymentTermsCount: ['GET', '/api/v1/companies/{companyId}/early-payment-terms/count'],
  listEntries: ['GET', '/api/v1/companies/{companyId}/entries'],
  listEntriesCount: ['GET', '/api/v1/companies/{companyId}/entries/count'],
  listExceptionDuties: ['GET', '/api/v1/companies/{companyId}/exception-duties'],
  listExceptionSettings: ['GET', '/api/v1/companies/{companyId}/exception-settings'],
  listExceptions: ['GET', '/api/v1/companies/{companyId}/exceptions'],
  listExceptionsCounts: ['GET', '/api/v1/companies/{companyId}/exceptions/counts'],
  listExceptionsPeople: ['GET', '/api/v1/companies/{companyId}/exceptions/people'],
  listExportJournal: ['GET', '/api/v1/companies/{companyId}/export/journal'],
  listExportsCustomers: ['GET', '/api/v1/companies/{companyId}/exports/customers'],
  listExportsDocuments: ['GET', '/api/v1/companies/{companyId}/exports/documents'],
  listExportsEarlierDocuments: ['GET', '/api/v1/companies/{companyId}/exports/earlier-documents'],
  listExportsEarlyPaymentTerms: ['GET', '/api/v1/companies/{companyId}/exports/early-payment-terms'],
  listExportsEntries: ['GET', '/api/v1/companies/{companyId}/exports/entries'],
  listExportsExceptions: ['GET', '/api/v1/companies/{companyId}/exports/exceptions'],
  listExportsGiftCardMovements: ['GET', '/api/v1/companies/{companyId}/exports/gift-card-movements'],
  listExportsGiftCards: ['GET', '/api/v1/companies/{companyId}/exports/gift-cards'],
  listExportsItemGroups: ['GET', '/api/v1/companies/{companyId}/exports/item-groups'],
  listExportsItemSales: ['GET', '/api/v1/companies/{companyId}/exports/item-sales'],
  listExportsItems: ['GET', '/api/v1/companies/{companyId}/exports/items'],
  listExportsOpenItems: ['GET', '/api/v1/companies/{companyId}/exports/open-items'],
  listExportsPayableItems: ['GET', '/api/v1/companies/{companyId}/exports/payable-items'],
  listExportsPayments: ['GET', '/api/v1/companies/{companyId}/exports/payments'],
  listExportsStoreCredit: ['GET', '/api/v1/companies/{companyId}/exports/store-credit'],
  listExportsStoreCreditMovements: ['GET', '/api/v1/companies/{companyId}/exports/store-credit-movements'],
  listExportsSuppliers: ['GET', '/api/v1/companies/{companyId}/exports/suppliers'],
  listGiftCardMovements: ['GET', '/api/v1/companies/{companyId}/gift-card-movements'],
  listGiftCardMovementsCount: ['GET', '/api/v1/companies/{companyId}/gift-card-movements/count'],
  listGiftCards: ['GET', '/api/v1/companies/{companyId}/gift-cards'],
  listGiftCardsCount: ['GET', '/api/v1/companies/{companyId}/gift-cards/count'],
  listHealthz: ['GET', '/healthz'],
  listHome: ['GET', '/api/v1/companies/{companyId}/home'],
  listIdentityVersions: ['GET', '/api/v1/companies/{companyId}/identity/versions'],
  listImportFormats: ['GET', '/api/v1/companies/{companyId}/import-formats'],
  listImports: ['GET', '/api/v1/companies/{companyId}/imports'],
  listImportsTrialBalance: ['GET', '/api/v1/companies/{companyId}/imports/{importId}/trial-balance'],
  listInvitations: ['GET', '/api/v1/companies/{companyId}/invitations'],
  listItemGroups: ['GET', '/api/v1/companies/{companyId}/item-groups'],
  listItemGroupsCount: ['GET', '/api/v1/companies/{companyId}/item-groups/count'],
  listItemSales: ['GET', '/api/v1/companies/{companyId}/item-sales'],
  listItemSalesCount: ['GET', '/api/v1/companies/{companyId}/item-sales/count'],
  listItems: ['GET', '/api/v1/companies/{companyId}/items'],
  listItemsCount: ['GET', '/api/v1/companies/{companyId}/items/count'],
  listJournalTemplates: ['GET', '/api/v1/companies/{companyId}/journal-templates'],
  listJournals: ['GET', '/api/v1/companies/{companyId}/journals'],
  listLineCodeRules: ['GET', '/api/v1/companies/{companyId}/line-code-rules'],
  listMappingApplications: ['GET', '/api/v1/companies/{companyId}/mapping-applications'],
  listMappingRules: ['GET', '/api/v1/companies/{companyId}/mapping-rules'],
  listMe: ['GET', '/api/v1/me'],
  listMePasskeys: ['GET', '/api/v1/me/passkeys'],
  listMeSessions: ['GET', '/api/v1/me/sessions'],
  listMonthEndPack: ['GET', '/api/v1/companies/{companyId}/month-end-pack'],
  listOpenItems: ['GET', '/api/v1/companies/{companyId}/open-items'],
  listOpenItemsCount: ['GET', '/api/v1/companies/{companyId}/open-items/count'],
  listParties: ['GET', '/api/v1/companies/{companyId}/parties'],
  listPayableItems: ['GET', '/api/v1/companies/{companyId}/payable-items'],
  listPayableItemsCount: ['GET', '/api/v1/companies/{companyId}/payable-items/count'],
  listPayments: ['GET', '/api/v1/companies/{companyId}/payments'],
  listPaymentsCount: ['GET', '/api/v1/companies/{companyId}/payments/count'],
  listPeople: ['GET', '/api/v1/companies/{companyId}/people'],
  listPeriods: ['GET', '/api/v1/companies/{companyId}/periods'],
  listPostingDayRules: ['GET', '/api/v1/companies/{companyId}/posting-day-rules'],
  listRates: ['GET', '/api/v1/companies/{companyId}/rates'],
  listReadyz: ['GET', '/readyz'],
  listRecurringJournals: ['GET', '/api/v1/companies/{companyId}/recurring-journals'],
  listRecurringJournalsDays: ['GET', '/api/v1/companies/{companyId}/recurring-journals/days'],
  listRecurringJournalsUpcoming: ['GET', '/api/v1/companies/{companyId}/recurring-journals/upcoming'],
  listReports: ['GET', '/api/v1/companies/{companyId}/reports'],
  listReportsTable: ['GET', '/api/v1/companies/{companyId}/reports/{name}/table'],
  listSample: ['GET', '/api/v1/companies/{companyId}/sample'],
  listSearch: ['GET', '/api/v1/companies/{companyId}/search'],
  listSourceNameRules: ['GET', '/api/v1/companies/{companyId}/source-name-rules'],
  listStoreCredit: ['GET', '/api/v1/companies/{companyId}/store-credit'],
  listStoreCreditCount: ['GET', '/api/v1/companies/{companyId}/store-credit/count'],
  listStoreCreditMovements: ['GET', '/api/v1/companies/{companyId}/store-credit-movements'],
  listStoreCreditMovementsCount: ['GET', '/api/v1/companies/{companyId}/store-credit-movements/count'],
  listStructuresAccounts: ['GET', '/api/v1/companies/{companyId}/structures/accounts'],
  listStructuresTrialBalance: ['GET', '/api/v1/companies/{companyId}/structures/{structure}/trial-balance'],
  listSuppliers: ['GET', '/api/v1/companies/{companyId}/suppliers'],
  listSuppliersCount: ['GET', '/api/v1/companies/{companyId}/suppliers/count'],
  listTaxCodes: ['GET', '/api/v1/companies/{companyId}/tax-codes'],
  listTaxNumbers: ['GET', '/api/v1/companies/{companyId}/tax-numbers'],
  listViews: ['GET', '/api/v1/companies/{companyId}/views'],
  listWebhookEndpoints: ['GET', '/api/v1/companies/{companyId}/webhook-endpoints'],
  listWebhookEndpointsDeliveries: ['GET', '/api/v1/companies/{companyId}/webhook-endpoints/{endpointId}/deliveries'],
  pauseImport: ['POST', '/api/v1/companies/{companyId}/imports/{importId}/pause'],
  removeAttachment: ['DELETE', '/api/v1/companies/{companyId}/attachments/{attachmentId}'],
  removeMePasskey: ['POST', '/api/v1/me/passkeys/{id}/remove'],
  removeView: ['DELETE', '/api/v1/companies/{companyId}/views/{viewId}'],
  reopenPeriod: ['POST', '/api/v1/companies/{companyId}/periods/{month}/reopen'],
  replaceApprovalRule: ['PUT', '/api/v1/companies/{companyId}/approval-rules/{kind}'],
  replaceBankAccount: ['PUT', '/api/v1/companies/{companyId}/bank-accounts/{name}'],
  replaceBudgetsAmounts: ['PUT', '/api/v1/companies/{companyId}/budgets/{code}/amounts'],
  replaceExceptionSettings: ['PUT', '/api/v1/companies/{companyId}/exception-settings'],
  replaceIdentity: ['PUT', '/api/v1/companies/{companyId}/identity'],
  replaceImportsAccounts: ['PUT', '/api/v1/companies/{companyId}/imports/{importId}/accounts'],
  replaceJournal: ['PUT', '/api/v1/companies/{companyId}/journals/{journalId}'],
  replaceTaxNumbers: ['PUT', '/api/v1/companies/{companyId}/tax-numbers'],
  replayWebhookEndpoint: ['POST', '/api/v1/companies/{companyId}/webhook-endpoints/{endpointId}/replay'],
  reverseEntry: ['POST', '/api/v1/companies/{companyId}/entries/{entryId}/reverse'],
  revokeApiKey: ['POST', '/api/v1/companies/{companyId}/api-keys/{keyId}/revoke'],
  rotateSecretWebhookEndpoint: ['POST', '/api/v1/companies/{companyId}/webhook-endpoints/{endpointId}/rotate-secret'],
  runImport: ['POST', '/api/v1/companies/{companyId}/imports/{importId}/run'],
  testWebhookEndpoint: ['POST', '/api/v1/companies/{companyId}/webhook-endpoints/{endpointId}/test'],
  withdrawIdentity: ['DELETE', '/api/v1/companies/{companyId}/identity/versions/{version}'],
  withdrawInvitation: ['POST', '/api/v1/companies/{companyId}/invitations/{invitationId}/withdraw'],
}
