import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  index,
  integer,
  json,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

/** The engine's own tables. Migrations are generated from this file, frozen, and never import it. */
export const heddle = pgSchema('heddle')

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const moment = (name: string) => timestamp(name, { withTimezone: true })

/** People; better-auth writes name, email and image. */
export const user = heddle.table('user', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  locale: text('locale'),
  roles: text('roles').array().notNull().default(sql`'{}'`),
  departmentId: uuid('department_id').references(() => department.id),
  managerId: uuid('manager_id'),
  disabledAt: moment('disabled_at'),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
})

/** The department tree. */
export const department = heddle.table('department', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  parentId: uuid('parent_id'),
  headId: uuid('head_id'),
  createdAt: moment('created_at').notNull().defaultNow(),
})

/** Departments that people work in besides their main one. */
export const userDepartment = heddle.table(
  'user_department',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => department.id),
  },
  (table) => [primaryKey({ columns: [table.userId, table.departmentId] })],
)

/** What people are in the company, e.g. head of finance; approvals may ask for whoever holds one. */
export const position = heddle.table('position', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull().unique(),
  createdAt: moment('created_at').notNull().defaultNow(),
})

/** The positions that people hold. */
export const userPosition = heddle.table(
  'user_position',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    positionId: uuid('position_id')
      .notNull()
      .references(() => position.id),
  },
  (table) => [primaryKey({ columns: [table.userId, table.positionId] })],
)

/** Signed-in sessions (better-auth). */
export const session = heddle.table(
  'session',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    token: text('token').notNull().unique(),
    expiresAt: moment('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    seenAt: moment('seen_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('session_user').on(table.userId)],
)

/** Credentials (better-auth). */
export const account = heddle.table(
  'account',
  {
    id: uuid('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('account_user').on(table.userId)],
)

/** Second factors of people, secret and backup codes encrypted (better-auth). */
export const twoFactor = heddle.table('two_factor', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .unique()
    .references(() => user.id, { onDelete: 'cascade' }),
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  verified: boolean('verified').notNull().default(false),
  failedVerificationCount: integer('failed_verification_count').notNull().default(0),
  lockedUntil: moment('locked_until'),
})

/** Pending verifications (better-auth). */
export const verification = heddle.table('verification', {
  id: uuid('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
})

/** Keys of outside clients; only the SHA-256 of a key is kept. */
export const apiKey = heddle.table('api_key', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  hash: text('hash').notNull().unique(),
  prefix: text('prefix').notNull(),
  roles: text('roles').array().notNull(),
  scopes: json('scopes'),
  expiresAt: moment('expires_at'),
  usedAt: moment('used_at'),
  revokedAt: moment('revoked_at'),
  createdAt: moment('created_at').notNull().defaultNow(),
  createdBy: uuid('created_by'),
})

/** Content-addressed JSON: definitions, overrides and storage that releases point to. */
export const blob = heddle.table('blob', {
  hash: text('hash').primaryKey(),
  body: json('body').notNull(),
})

/** One version of a plugin's layer; `content` is the hash of its blob. */
export const pluginPack = heddle.table(
  'plugin_pack',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    version: text('version').notNull(),
    content: text('content')
      .notNull()
      .references(() => blob.hash),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('plugin_pack_content').on(table.name, table.content)],
)

/** Published releases: the layers they stand on and where their data is. Immutable. */
export const release = heddle.table('release', {
  number: integer('number').primaryKey(),
  layers: json('layers').notNull(),
  storage: json('storage').notNull(),
  changes: json('changes').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  createdBy: uuid('created_by'),
})

/** The one live release. Every write checks it. */
export const live = heddle.table(
  'live',
  { one: boolean('one').primaryKey().default(true), release: integer('release').notNull() },
  (table) => [check('live_one', sql`${table.one}`)],
)

/** The administrators' shared, unpublished changes: the wanted document, or its removal. */
export const draft = heddle.table('draft', {
  address: text('address').primaryKey(),
  body: json('body'),
  base: json('base'),
  isRemoved: boolean('is_removed').notNull().default(false),
  etag: text('etag').notNull(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  updatedBy: uuid('updated_by'),
})

/** Deferred steps of publishes: slow work that runs after commit, visible and resumable. */
export const deferredStep = heddle.table(
  'deferred_step',
  {
    id: uuid('id').primaryKey(),
    release: integer('release').notNull(),
    address: text('address').notNull(),
    kind: text('kind').notNull(),
    text: text('text').notNull(),
    detail: json('detail').notNull(),
    state: text('state').notNull().default('pending'),
    done: integer('done').notNull().default(0),
    total: integer('total'),
    error: json('error'),
    attempts: integer('attempts').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('deferred_step_open').on(table.state)],
)

/** Every change of every record, written in the record's own transaction: history, outbox, stream and trigger at once. */
export const event = heddle.table(
  'event',
  {
    id: bigserial('id', { mode: 'bigint' }).primaryKey(),
    xid: xid8('xid').notNull().default(sql`pg_current_xact_id()`),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
    entity: text('entity').notNull(),
    record: uuid('record').notNull(),
    kind: text('kind').notNull(),
    delta: json('delta'),
    cause: text('cause'),
    actor: uuid('actor'),
  },
  (table) => [
    index('event_record').on(table.entity, table.record, table.id),
    index('event_at').using('brin', table.at),
  ],
)

/** The last number given to records of an entity, by field and by the period in which counting began. */
export const counter = heddle.table(
  'counter',
  {
    entity: text('entity').notNull(),
    field: text('field').notNull(),
    period: text('period').notNull(),
    value: bigint('value', { mode: 'bigint' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.entity, table.field, table.period] })],
)

/** What people say about a record; its event stands in the record's timeline. */
export const comment = heddle.table(
  'comment',
  {
    id: uuid('id').primaryKey(),
    entity: text('entity').notNull(),
    record: uuid('record').notNull(),
    text: text('text').notNull(),
    mentions: uuid('mentions').array().notNull().default(sql`'{}'`),
    createdAt: moment('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by'),
  },
  (table) => [index('comment_record').on(table.entity, table.record, table.id)],
)

/** Uploaded files; what no record refers to is swept some time after `unlinked_at`. */
export const file = heddle.table(
  'file',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    size: integer('size').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by'),
    unlinkedAt: moment('unlinked_at').defaultNow(),
  },
  (table) => [index('file_unlinked').on(table.unlinkedAt).where(sql`${table.unlinkedAt} is not null`)],
)

/** The bytes of files, in pieces. */
export const fileChunk = heddle.table(
  'file_chunk',
  {
    file: uuid('file')
      .notNull()
      .references(() => file.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    data: bytea('data').notNull(),
  },
  (table) => [primaryKey({ columns: [table.file, table.position] })],
)

/** Which fields of which records refer to a file; written with the record. */
export const fileLink = heddle.table(
  'file_link',
  {
    file: uuid('file')
      .notNull()
      .references(() => file.id, { onDelete: 'cascade' }),
    entity: text('entity').notNull(),
    record: uuid('record').notNull(),
    field: text('field').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.file, table.entity, table.record, table.field] }),
    index('file_link_record').on(table.entity, table.record),
  ],
)

/** Answers already given to requests with an `Idempotency-Key`. */
export const idempotency = heddle.table(
  'idempotency',
  {
    actor: uuid('actor').notNull(),
    key: text('key').notNull(),
    request: text('request').notNull(),
    record: uuid('record').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.actor, table.key] })],
)

/** Small facts about this installation, e.g. the check value of the secret key. */
export const fact = heddle.table('fact', { name: text('name').primaryKey(), value: json('value').notNull() })

/** What a person set for a list: columns, filters, density. */
export const viewSetting = heddle.table(
  'view_setting',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    entity: text('entity').notNull(),
    body: json('body').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.entity] })],
)
