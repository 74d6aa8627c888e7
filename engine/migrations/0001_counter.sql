CREATE TABLE "heddle"."counter" (
	"entity" text NOT NULL,
	"field" text NOT NULL,
	"period" text NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "counter_entity_field_period_pk" PRIMARY KEY("entity","field","period")
);
