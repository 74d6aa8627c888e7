CREATE TABLE "heddle"."comment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entity" text NOT NULL,
	"record" uuid NOT NULL,
	"text" text NOT NULL,
	"mentions" uuid[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid
);
--> statement-breakpoint
CREATE TABLE "heddle"."file" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"unlinked_at" timestamp with time zone DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE "heddle"."file_chunk" (
	"file" uuid NOT NULL,
	"position" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "file_chunk_file_position_pk" PRIMARY KEY("file","position")
);
--> statement-breakpoint
CREATE TABLE "heddle"."file_link" (
	"file" uuid NOT NULL,
	"entity" text NOT NULL,
	"record" uuid NOT NULL,
	"field" text NOT NULL,
	CONSTRAINT "file_link_file_entity_record_field_pk" PRIMARY KEY("file","entity","record","field")
);
--> statement-breakpoint
ALTER TABLE "heddle"."file_chunk" ADD CONSTRAINT "file_chunk_file_file_id_fk" FOREIGN KEY ("file") REFERENCES "heddle"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heddle"."file_link" ADD CONSTRAINT "file_link_file_file_id_fk" FOREIGN KEY ("file") REFERENCES "heddle"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comment_record" ON "heddle"."comment" USING btree ("entity","record","id");--> statement-breakpoint
CREATE INDEX "file_unlinked" ON "heddle"."file" USING btree ("unlinked_at") WHERE "heddle"."file"."unlinked_at" is not null;--> statement-breakpoint
CREATE INDEX "file_link_record" ON "heddle"."file_link" USING btree ("entity","record");