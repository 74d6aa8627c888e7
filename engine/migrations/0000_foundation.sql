CREATE SCHEMA "heddle";
--> statement-breakpoint
CREATE TABLE "heddle"."account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heddle"."api_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"prefix" text NOT NULL,
	"roles" text[] NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "api_key_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "heddle"."blob" (
	"hash" text PRIMARY KEY NOT NULL,
	"body" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heddle"."deferred_step" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release" integer NOT NULL,
	"address" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"detail" json NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"error" json,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heddle"."department" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	"head_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heddle"."draft" (
	"address" text PRIMARY KEY NOT NULL,
	"body" json,
	"base" json,
	"is_removed" boolean DEFAULT false NOT NULL,
	"etag" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "heddle"."event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"entity" text NOT NULL,
	"record" uuid NOT NULL,
	"kind" text NOT NULL,
	"delta" json,
	"cause" text,
	"actor" uuid
);
--> statement-breakpoint
CREATE TABLE "heddle"."fact" (
	"name" text PRIMARY KEY NOT NULL,
	"value" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heddle"."idempotency" (
	"actor" uuid NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"record" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "heddle"."live" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"release" integer NOT NULL,
	CONSTRAINT "live_one" CHECK ("heddle"."live"."one")
);
--> statement-breakpoint
CREATE TABLE "heddle"."plugin_pack" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"version" text NOT NULL,
	"content" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heddle"."release" (
	"number" integer PRIMARY KEY NOT NULL,
	"layers" json NOT NULL,
	"storage" json NOT NULL,
	"changes" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid
);
--> statement-breakpoint
CREATE TABLE "heddle"."session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "heddle"."user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"locale" text,
	"roles" text[] DEFAULT '{}' NOT NULL,
	"department_id" uuid,
	"manager_id" uuid,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "heddle"."verification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heddle"."view_setting" (
	"user_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "view_setting_user_id_entity_pk" PRIMARY KEY("user_id","entity")
);
--> statement-breakpoint
ALTER TABLE "heddle"."account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "heddle"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heddle"."plugin_pack" ADD CONSTRAINT "plugin_pack_content_blob_hash_fk" FOREIGN KEY ("content") REFERENCES "heddle"."blob"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heddle"."session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "heddle"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heddle"."user" ADD CONSTRAINT "user_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "heddle"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heddle"."view_setting" ADD CONSTRAINT "view_setting_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "heddle"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "heddle"."account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "deferred_step_open" ON "heddle"."deferred_step" USING btree ("state");--> statement-breakpoint
CREATE INDEX "event_record" ON "heddle"."event" USING btree ("entity","record","id");--> statement-breakpoint
CREATE INDEX "event_at" ON "heddle"."event" USING brin ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "plugin_pack_content" ON "heddle"."plugin_pack" USING btree ("name","content");--> statement-breakpoint
CREATE INDEX "session_user" ON "heddle"."session" USING btree ("user_id");