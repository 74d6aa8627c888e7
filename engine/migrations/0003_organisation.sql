CREATE TABLE "heddle"."position" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "position_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "heddle"."user_department" (
	"user_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	CONSTRAINT "user_department_user_id_department_id_pk" PRIMARY KEY("user_id","department_id")
);
--> statement-breakpoint
CREATE TABLE "heddle"."user_position" (
	"user_id" uuid NOT NULL,
	"position_id" uuid NOT NULL,
	CONSTRAINT "user_position_user_id_position_id_pk" PRIMARY KEY("user_id","position_id")
);
--> statement-breakpoint
ALTER TABLE "heddle"."user_department" ADD CONSTRAINT "user_department_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "heddle"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heddle"."user_department" ADD CONSTRAINT "user_department_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "heddle"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heddle"."user_position" ADD CONSTRAINT "user_position_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "heddle"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heddle"."user_position" ADD CONSTRAINT "user_position_position_id_position_id_fk" FOREIGN KEY ("position_id") REFERENCES "heddle"."position"("id") ON DELETE no action ON UPDATE no action;