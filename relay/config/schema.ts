import * as z from 'zod';
import { crmSchema, deliverySchema } from './schema-crm';
import { isCron, isTrustedProxies } from './is-valid';
import { isTimeZone, netsuiteSchema } from './schema-netsuite';
import { sourceSchema } from './schema-sources';

/** The relay's configuration file. What a key means for an operator is described in docs/configuration.md. */

const laneSchema = z.strictObject({
  /** Slots that no other lane may take. */
  reserved: z.int().min(0).default(0),
  /** Share of the unreserved slots against the other lanes. */
  weight: z.number().positive().default(1),
  paused: z.boolean().default(false),
});

/** Presets by name, files, switches, or whole flows in place; later entries take the place of earlier ones with the same id. */
const flowEntrySchema = z.union([
  z.enum(['salesforce', 'hubspot']),
  z.strictObject({ file: z.string() }),
  /** What this environment says differently: settings by name, and changes of the flows before it. */
  z.strictObject({ overlay: z.string() }),
  z.strictObject({ id: z.string(), enabled: z.boolean() }),
  z.looseObject({ id: z.string(), crm: z.string(), object: z.string(), direction: z.string() }),
]);

const listenSchema = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(8080),
  tls: z.strictObject({ certFile: z.string(), keyFile: z.string() }).optional(),
});

const storeSchema = z
  .strictObject({
    /** Folder or file of the embedded store. */
    path: z.string().min(1, 'names no folder').optional(),
    /** Connection string of a PostgreSQL database, for several relays on one account. */
    postgres: z.string().optional(),
  })
  .refine((store) => (store.path === undefined) !== (store.postgres === undefined), {
    error: 'give either path (embedded store, one relay) or postgres (several relays), not both',
  });

const limitsSchema = z.strictObject({
  /** Largest body of a request, in bytes, after decompression. */
  bodyBytes: z
    .int()
    .positive()
    .default(5 * 1024 * 1024),
  records: z.int().min(1).max(1000).default(1000),
  /** Deepest nesting of a JSON body. */
  depth: z.int().min(4).default(32),
  /** Requests a source may make per window; the answer says how many are left. */
  requests: z
    .strictObject({ quota: z.int().positive().default(6000), windowSeconds: z.int().positive().default(60) })
    .prefault({}),
  /** Operations waiting beyond which new ones are refused with 503 `queue-full`. */
  queue: z.int().positive().default(5_000_000),
});

/** How calls are made up. The defaults suit an account as Oracle delivers it; sizes are learnt from every answer. */
const dispatchSchema = z.strictObject({
  sizing: z
    .strictObject({
      /** Units and ms of a call that batches aim at; default: 60 % of what the script may use. */
      targetUnits: z.number().positive().exactOptional(),
      targetMs: z.number().positive().exactOptional(),
      /** Operations of the first call, by group (`entity`, `transaction`, `item`) and for all others (`default`). */
      first: z.object({ default: z.int().positive() }).catchall(z.int().positive()).exactOptional(),
      /** Most operations of a call. */
      most: z.int().positive().max(1000).exactOptional(),
    })
    .prefault({}),
  /** How long a batch that is not full waits for company, in ms. */
  lingerMs: z
    .strictObject({
      realtime: z.int().min(0).max(25).exactOptional(),
      bulk: z.int().min(0).exactOptional(),
      replay: z.int().min(0).exactOptional(),
    })
    .prefault({}),
  /** Pause before the second attempt, and the longest one, in ms; it doubles in between. */
  retry: z
    .strictObject({ firstMs: z.int().positive().exactOptional(), longestMs: z.int().positive().exactOptional() })
    .prefault({}),
});

const alertSchema = z
  .strictObject({
    /** `slack` posts `{text}`, `webhook` the alert as JSON, `email` hands it to an SMTP server. */
    type: z.enum(['slack', 'webhook', 'email']),
    url: z.url({ protocol: /^https?$/ }).optional(),
    smtp: z
      .strictObject({
        host: z.string(),
        port: z.int().min(1).max(65_535).default(25),
        user: z.string().optional(),
        password: z.string().optional(),
      })
      .optional(),
    from: z.string().optional(),
    to: z.array(z.string()).default([]),
    on: z
      .array(
        z.enum([
          'dead',
          'review',
          'breaker',
          'stale',
          'saturated',
          'delivery',
          'drift',
          'rates',
          'quiet',
          'expiry',
          'release',
          'overdue',
          'reset',
        ]),
      )
      .default(['dead', 'review', 'breaker', 'drift', 'rates', 'quiet', 'expiry', 'release', 'overdue', 'reset']),
    /** At most one message per kind in this time. */
    everyMinutes: z.number().positive().default(15),
  })
  .superRefine((alert, context) => {
    const lacking =
      alert.type === 'email'
        ? (['smtp', 'from'] as const).filter((name) => alert[name] === undefined)
        : alert.url === undefined
          ? (['url'] as const)
          : [];
    for (const name of lacking)
      context.addIssue({ code: 'custom', path: [name], message: `is needed for alerts of the type ${alert.type}` });
    if (alert.type === 'email' && alert.to.length === 0)
      context.addIssue({ code: 'custom', path: ['to'], message: 'names nobody' });
  });

export const configSchema = z.strictObject({
  /** `sandbox` and `production` are checked against the accounts; `development` allows loopback targets. */
  environment: z.enum(['development', 'sandbox', 'production']).default('development'),
  listen: listenSchema.prefault({}),
  /** The address under which callers reach the relay: signatures over the URL are checked against it. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Proxies in front of the relay whose X-Forwarded headers are believed. */
  trustProxy: z
    .union([
      z.boolean(),
      z.int().min(0),
      z.string().refine(isTrustedProxies, {
        error:
          'must be true, how many proxies there are, or addresses such as loopback or 10.0.0.0/8, with commas between',
      }),
    ])
    .default(false),
  store: storeSchema,
  netsuite: z.array(netsuiteSchema).min(1, 'name at least one NetSuite account'),
  sources: z.array(sourceSchema).default([]),
  crm: z.array(crmSchema).default([]),
  flows: z.array(flowEntrySchema).default(['salesforce', 'hubspot']),
  /** JavaScript modules whose exported functions are transforms that flows may name. */
  transforms: z.array(z.strictObject({ file: z.string() })).default([]),
  lanes: z
    .strictObject({
      realtime: laneSchema.prefault({ reserved: 1, weight: 4 }),
      bulk: laneSchema.prefault({}),
      replay: laneSchema.prefault({}),
    })
    .prefault({}),
  timeouts: z
    .strictObject({
      connectMs: z.int().positive().default(5_000),
      /** What a RESTlet may use before it must answer; the call is given up this long plus `answerMarginMs` after it was sent. */
      budgetMs: z.int().min(1_000).max(240_000).default(20_000),
      answerMarginMs: z.int().positive().default(30_000),
      /** Successors of a lost call wait `budgetMs` plus this. */
      lateWriterMarginMs: z.int().positive().default(30_000),
      /** Longest time an operation waits for records it requires, where its flow does not say less. */
      requiresMs: z.int().positive().default(86_400_000),
      /** Longest time a stop waits for calls in flight. */
      drainMs: z.int().positive().max(30_000).default(25_000),
    })
    .prefault({}),
  /** Large loads go to NetSuite as bulk jobs, which take no slot of the account while they run. */
  bulkJobs: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Operations of one source and record type waiting in the bulk lane from which a job is made of them. */
      above: z.int().positive().default(5_000),
      /** Most operations of one job. */
      most: z.int().positive().max(100_000).default(20_000),
      /** How often NetSuite is asked how far a job is. */
      pollSeconds: z.number().positive().default(5),
      /** A job in which nothing moves for so long is left to itself, and its operations go by single calls. */
      patienceMinutes: z.number().positive().default(120),
    })
    .prefault({}),
  limits: limitsSchema.prefault({}),
  delivery: deliverySchema.prefault({}),
  /** The nightly comparison of both sides, in both directions. */
  reconcile: z
    .strictObject({
      cron: z
        .string()
        .refine(isCron, {
          error: 'is no cron expression that ever comes: minute, hour, day, month and weekday, such as 30 4 * * *',
        })
        .default('30 4 * * *'),
      timeZone: z
        .string()
        .refine(isTimeZone, { error: 'is not a known time zone; write its IANA name, such as Europe/Berlin' })
        .default('UTC'),
      days: z.int().positive().max(3650).default(35),
      /** What changed so shortly before is still on its way and left to the next night. */
      graceMinutes: z.number().min(0).default(10),
      /** Bring what differs onto its way again; otherwise it is only reported. */
      repair: z.boolean().default(false),
    })
    .prefault({}),
  /** When the alert `rates` tells of exchange rates, where they are mirrored. */
  rates: z
    .strictObject({
      maxAgeDays: z.number().positive().default(7),
      maxMovePercent: z.number().positive().default(10),
    })
    .prefault({}),
  /** When the alert `expiry` and the doctor tell of keys, tokens and certificates. */
  credentials: z
    .strictObject({
      warnDays: z.number().positive().default(30),
      maxAgeDays: z.number().positive().default(730),
    })
    .prefault({}),
  /** Failures are work for somebody. */
  failures: z
    .strictObject({
      /** Who looks after those whose flow names nobody: a name or address. */
      responsible: z.string().min(1).optional(),
      /** Age in hours from which the alert `overdue` tells of one that is still open. */
      overdueHours: z.number().positive().default(24),
    })
    .prefault({}),
  alerts: z.array(alertSchema).default([]),
  /** Days after which what is final is removed. */
  retention: z
    .strictObject({
      doneDays: z.number().positive().default(30),
      failureDays: z.number().positive().default(180),
      idempotencyDays: z.number().min(7).default(7),
    })
    .prefault({}),
  /** Guards against loops and lost edits. All are on; switching one off is for finding out what another one catches. */
  guards: z
    .strictObject({
      content: z.boolean().default(true),
      version: z.boolean().default(true),
      hops: z.boolean().default(true),
      /** Leave unread what a CRM says that we wrote ourselves. */
      origin: z.boolean().default(true),
    })
    .prefault({}),
  /** Traces go to an OpenTelemetry collector by OTLP over HTTP (JSON); metrics are scraped from /metrics. */
  telemetry: z
    .strictObject({
      otlp: z
        .strictObject({
          /** Such as `http://collector:4318`; `/v1/traces` is added. */
          endpoint: z.url({ protocol: /^https?$/ }),
          headers: z.record(z.string(), z.string()).default({}),
        })
        .optional(),
    })
    .prefault({}),
  log: z
    .strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info') })
    .prefault({}),
  dispatch: dispatchSchema.prefault({}),
});

export type RelayConfig = z.infer<typeof configSchema>;
export type AlertConfig = z.infer<typeof alertSchema>;
