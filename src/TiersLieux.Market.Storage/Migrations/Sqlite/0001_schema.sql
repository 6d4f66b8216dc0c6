CREATE TABLE "asp_net_users" (
    "id" TEXT NOT NULL CONSTRAINT "pk_asp_net_users" PRIMARY KEY,
    "user_name" TEXT NULL,
    "normalized_user_name" TEXT NULL,
    "email" TEXT NULL,
    "normalized_email" TEXT NULL,
    "email_confirmed" INTEGER NOT NULL,
    "password_hash" TEXT NULL,
    "security_stamp" TEXT NULL,
    "concurrency_stamp" TEXT NULL,
    "phone_number" TEXT NULL,
    "phone_number_confirmed" INTEGER NOT NULL,
    "two_factor_enabled" INTEGER NOT NULL,
    "lockout_end" TEXT NULL,
    "lockout_enabled" INTEGER NOT NULL,
    "access_failed_count" INTEGER NOT NULL
);


CREATE TABLE "audit" (
    "id" TEXT NOT NULL CONSTRAINT "pk_audit" PRIMARY KEY,
    "at" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "from" TEXT NULL,
    "to" TEXT NULL
);


CREATE TABLE "circle" (
    "id" TEXT NOT NULL CONSTRAINT "pk_circle" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL
);


CREATE TABLE "closure" (
    "id" TEXT NOT NULL CONSTRAINT "pk_closure" PRIMARY KEY,
    "place_id" TEXT NOT NULL,
    "resource_id" TEXT NULL,
    "start" TEXT NOT NULL,
    "end" TEXT NOT NULL,
    "reason" TEXT NOT NULL
);


CREATE TABLE "commune" (
    "insee" TEXT NOT NULL CONSTRAINT "pk_commune" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "postal_codes" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "latitude" REAL NOT NULL,
    "longitude" REAL NOT NULL,
    "precision" TEXT NOT NULL
);


CREATE TABLE "filiere" (
    "code" TEXT NOT NULL CONSTRAINT "pk_filiere" PRIMARY KEY,
    "name" TEXT NOT NULL
);


CREATE TABLE "idempotent_request" (
    "caller" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "content_type" TEXT NULL,
    "body" TEXT NOT NULL,
    "location" TEXT NULL,
    "created_at" TEXT NOT NULL,
    CONSTRAINT "pk_idempotent_request" PRIMARY KEY ("caller", "key")
);


CREATE TABLE "inbox" (
    "id" TEXT NOT NULL CONSTRAINT "pk_inbox" PRIMARY KEY,
    "source" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "received_at" TEXT NOT NULL
);


CREATE TABLE "material" (
    "code" TEXT NOT NULL CONSTRAINT "pk_material" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "unit_price" INTEGER NOT NULL,
    "kg_per_unit" TEXT NOT NULL
);


CREATE TABLE "organisation" (
    "id" TEXT NOT NULL CONSTRAINT "pk_organisation" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "vat_regime" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "legal_form" TEXT NOT NULL,
    "capital" TEXT NULL,
    "trade_register" TEXT NULL,
    "siren" TEXT NULL,
    "siret" TEXT NULL,
    "vat_number" TEXT NULL,
    "iban" TEXT NULL,
    "is_fictitious" INTEGER NOT NULL,
    "self_billing_prefix" TEXT NULL,
    "self_billing_mandate" TEXT NULL,
    "has_approved_terms" INTEGER NOT NULL,
    "payment_account" TEXT NULL,
    "version" INTEGER NOT NULL,
    "Address_City" TEXT NOT NULL,
    "Address_Country" TEXT NOT NULL,
    "Address_Insee" TEXT NOT NULL,
    "Address_PostalCode" TEXT NOT NULL,
    "Address_Street" TEXT NOT NULL
);


CREATE TABLE "outbox" (
    "id" TEXT NOT NULL CONSTRAINT "pk_outbox" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "due_at" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "last_error" TEXT NULL,
    "done_at" TEXT NULL,
    "dead_at" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "people_time" (
    "id" TEXT NOT NULL CONSTRAINT "pk_people_time" PRIMARY KEY,
    "workshop_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "deadline" TEXT NULL
);


CREATE TABLE "process" (
    "code" TEXT NOT NULL CONSTRAINT "pk_process" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "parent_code" TEXT NULL,
    "din_code" TEXT NULL,
    "mark" TEXT NOT NULL
);


CREATE TABLE "reference_counter" (
    "prefix" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "pk_reference_counter" PRIMARY KEY ("prefix", "year")
);


CREATE TABLE "asp_net_user_claims" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_asp_net_user_claims" PRIMARY KEY AUTOINCREMENT,
    "user_id" TEXT NOT NULL,
    "claim_type" TEXT NULL,
    "claim_value" TEXT NULL,
    CONSTRAINT "fk_asp_net_user_claims_asp_net_users_user_id" FOREIGN KEY ("user_id") REFERENCES "asp_net_users" ("id") ON DELETE CASCADE
);


CREATE TABLE "asp_net_user_logins" (
    "login_provider" TEXT NOT NULL,
    "provider_key" TEXT NOT NULL,
    "provider_display_name" TEXT NULL,
    "user_id" TEXT NOT NULL,
    CONSTRAINT "pk_asp_net_user_logins" PRIMARY KEY ("login_provider", "provider_key"),
    CONSTRAINT "fk_asp_net_user_logins_asp_net_users_user_id" FOREIGN KEY ("user_id") REFERENCES "asp_net_users" ("id") ON DELETE CASCADE
);


CREATE TABLE "asp_net_user_tokens" (
    "user_id" TEXT NOT NULL,
    "login_provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NULL,
    CONSTRAINT "pk_asp_net_user_tokens" PRIMARY KEY ("user_id", "login_provider", "name"),
    CONSTRAINT "fk_asp_net_user_tokens_asp_net_users_user_id" FOREIGN KEY ("user_id") REFERENCES "asp_net_users" ("id") ON DELETE CASCADE
);


CREATE TABLE "person" (
    "id" TEXT NOT NULL CONSTRAINT "pk_person" PRIMARY KEY,
    "email" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "organisation_id" TEXT NULL,
    "is_fictitious" INTEGER NOT NULL,
    CONSTRAINT "fk_person_organisation_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id")
);


CREATE TABLE "place" (
    "id" TEXT NOT NULL CONSTRAINT "pk_place" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "latitude" REAL NOT NULL,
    "longitude" REAL NOT NULL,
    "precision" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "labels" TEXT NOT NULL,
    "circle_id" TEXT NULL,
    "organisation_id" TEXT NULL,
    "hours" TEXT NULL,
    "website" TEXT NULL,
    "source" TEXT NOT NULL,
    "is_fictitious" INTEGER NOT NULL,
    "description" TEXT NULL,
    "Address_City" TEXT NOT NULL,
    "Address_Country" TEXT NOT NULL,
    "Address_Insee" TEXT NOT NULL,
    "Address_PostalCode" TEXT NOT NULL,
    "Address_Street" TEXT NOT NULL,
    CONSTRAINT "fk_place_circle_circle_id" FOREIGN KEY ("circle_id") REFERENCES "circle" ("id"),
    CONSTRAINT "fk_place_organisation_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id")
);


CREATE TABLE "role_grant" (
    "id" TEXT NOT NULL CONSTRAINT "pk_role_grant" PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "scope_id" TEXT NULL,
    CONSTRAINT "fk_role_grant_person_person_id" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE
);


CREATE TABLE "credential" (
    "id" TEXT NOT NULL CONSTRAINT "pk_credential" PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "granted_by_place_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    CONSTRAINT "fk_credential_person_person_id" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_credential_place_granted_by_place_id" FOREIGN KEY ("granted_by_place_id") REFERENCES "place" ("id") ON DELETE CASCADE
);


CREATE TABLE "membership" (
    "id" TEXT NOT NULL CONSTRAINT "pk_membership" PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "place_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    CONSTRAINT "fk_membership_person_person_id" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_membership_place_place_id" FOREIGN KEY ("place_id") REFERENCES "place" ("id") ON DELETE CASCADE
);


CREATE TABLE "offer" (
    "id" TEXT NOT NULL CONSTRAINT "pk_offer" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "seller_mode" TEXT NOT NULL,
    "seller_organisation_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "vat_rate" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "return_reason" TEXT NULL,
    "circle_id" TEXT NULL,
    "filiere" TEXT NULL,
    "workshop_id" TEXT NULL,
    "place_id" TEXT NULL,
    "resource_id" TEXT NULL,
    "mark" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "unit_weight_kg" TEXT NOT NULL,
    "min_quantity" TEXT NOT NULL,
    "max_quantity" TEXT NOT NULL,
    "origin" TEXT NULL,
    "made_to_specification" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "prices" TEXT NOT NULL,
    "routing" TEXT NOT NULL,
    CONSTRAINT "fk_offer_circle_circle_id" FOREIGN KEY ("circle_id") REFERENCES "circle" ("id"),
    CONSTRAINT "fk_offer_organisation_seller_organisation_id" FOREIGN KEY ("seller_organisation_id") REFERENCES "organisation" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_offer_place_place_id" FOREIGN KEY ("place_id") REFERENCES "place" ("id")
);


CREATE TABLE "workshop" (
    "id" TEXT NOT NULL CONSTRAINT "pk_workshop" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "place_id" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "hours" TEXT NOT NULL,
    "people_minutes_per_day" INTEGER NOT NULL,
    "labour_rate" INTEGER NOT NULL,
    "notice_hours" INTEGER NOT NULL,
    "minimum_order" INTEGER NOT NULL,
    "answer_hours" INTEGER NOT NULL,
    "description" TEXT NULL,
    "speciality" TEXT NOT NULL,
    CONSTRAINT "fk_workshop_organisation_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_workshop_place_place_id" FOREIGN KEY ("place_id") REFERENCES "place" ("id") ON DELETE CASCADE
);


CREATE TABLE "resource" (
    "id" TEXT NOT NULL CONSTRAINT "pk_resource" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "place_id" TEXT NOT NULL,
    "workshop_id" TEXT NULL,
    "make" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "width_mm" INTEGER NULL,
    "depth_mm" INTEGER NULL,
    "materials" TEXT NOT NULL,
    "power_kw" TEXT NOT NULL,
    "production_rate" INTEGER NOT NULL,
    "seats" INTEGER NOT NULL,
    "is_pooled" INTEGER NOT NULL,
    "tariff" TEXT NULL,
    "credential" TEXT NULL,
    "min_minutes" INTEGER NOT NULL,
    "max_minutes" INTEGER NOT NULL,
    "hours" TEXT NULL,
    "member_hours_per_week" INTEGER NOT NULL,
    "capabilities" TEXT NOT NULL,
    CONSTRAINT "fk_resource_place_place_id" FOREIGN KEY ("place_id") REFERENCES "place" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_resource_workshop_workshop_id" FOREIGN KEY ("workshop_id") REFERENCES "workshop" ("id")
);


CREATE TABLE "workshop_day" (
    "workshop_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "capacity_minutes" INTEGER NOT NULL,
    "promised_minutes" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "pk_workshop_day" PRIMARY KEY ("workshop_id", "day"),
    CONSTRAINT "ck_workshop_day_capacity" CHECK (promised_minutes >= 0 AND promised_minutes <= capacity_minutes),
    CONSTRAINT "fk_workshop_day_workshop_workshop_id" FOREIGN KEY ("workshop_id") REFERENCES "workshop" ("id") ON DELETE CASCADE
);


CREATE TABLE "booking" (
    "id" TEXT NOT NULL CONSTRAINT "pk_booking" PRIMARY KEY,
    "reference" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "place_id" TEXT NOT NULL,
    "seat" INTEGER NOT NULL,
    "start" TEXT NOT NULL,
    "end" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "settlement" TEXT NOT NULL,
    "price" TEXT NOT NULL,
    "vat_rate" TEXT NOT NULL,
    "excl_tax" INTEGER NOT NULL,
    "tax" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "held_until" TEXT NULL,
    "checked_in_at" TEXT NULL,
    "checked_out_at" TEXT NULL,
    "invoice_id" TEXT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_booking_resource_resource_id" FOREIGN KEY ("resource_id") REFERENCES "resource" ("id") ON DELETE CASCADE
);


CREATE TABLE "occupation" (
    "id" TEXT NOT NULL CONSTRAINT "pk_occupation" PRIMARY KEY,
    "resource_id" TEXT NOT NULL,
    "seat" INTEGER NOT NULL,
    "start" TEXT NOT NULL,
    "end" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "deadline" TEXT NULL,
    CONSTRAINT "ck_occupation_forward" CHECK (start < "end"),
    CONSTRAINT "fk_occupation_resource_resource_id" FOREIGN KEY ("resource_id") REFERENCES "resource" ("id") ON DELETE CASCADE
);


CREATE INDEX "ix_asp_net_user_claims_user_id" ON "asp_net_user_claims" ("user_id");


CREATE INDEX "ix_asp_net_user_logins_user_id" ON "asp_net_user_logins" ("user_id");


CREATE INDEX "email_index" ON "asp_net_users" ("normalized_email");


CREATE UNIQUE INDEX "user_name_index" ON "asp_net_users" ("normalized_user_name");


CREATE INDEX "ix_audit_subject_subject_id" ON "audit" ("subject", "subject_id");


CREATE INDEX "ix_booking_held_until" ON "booking" ("held_until");


CREATE INDEX "ix_booking_person_id_start" ON "booking" ("person_id", "start");


CREATE UNIQUE INDEX "ix_booking_reference" ON "booking" ("reference");


CREATE INDEX "ix_booking_resource_id_start" ON "booking" ("resource_id", "start");


CREATE UNIQUE INDEX "ix_circle_code" ON "circle" ("code");


CREATE INDEX "ix_closure_place_id" ON "closure" ("place_id");


CREATE INDEX "ix_credential_granted_by_place_id" ON "credential" ("granted_by_place_id");


CREATE INDEX "ix_credential_person_id_kind" ON "credential" ("person_id", "kind");


CREATE INDEX "ix_idempotent_request_created_at" ON "idempotent_request" ("created_at");


CREATE UNIQUE INDEX "ix_inbox_source_event_id" ON "inbox" ("source", "event_id");


CREATE INDEX "ix_membership_person_id_place_id" ON "membership" ("person_id", "place_id");


CREATE INDEX "ix_membership_place_id" ON "membership" ("place_id");


CREATE INDEX "ix_occupation_owner_id" ON "occupation" ("owner_id");


CREATE INDEX "ix_occupation_resource_id_seat_start" ON "occupation" ("resource_id", "seat", "start");


CREATE INDEX "ix_offer_circle_id" ON "offer" ("circle_id");


CREATE UNIQUE INDEX "ix_offer_code" ON "offer" ("code");


CREATE INDEX "ix_offer_place_id" ON "offer" ("place_id");


CREATE INDEX "ix_offer_seller_organisation_id" ON "offer" ("seller_organisation_id");


CREATE INDEX "ix_offer_state" ON "offer" ("state");


CREATE UNIQUE INDEX "ix_organisation_code" ON "organisation" ("code");


CREATE UNIQUE INDEX "ix_outbox_kind_key" ON "outbox" ("kind", "key");


CREATE INDEX "ix_outbox_open" ON "outbox" ("due_at") WHERE done_at IS NULL AND dead_at IS NULL;


CREATE INDEX "ix_people_time_owner_id" ON "people_time" ("owner_id");


CREATE INDEX "ix_people_time_workshop_id_day" ON "people_time" ("workshop_id", "day");


CREATE UNIQUE INDEX "ix_person_email" ON "person" ("email");


CREATE INDEX "ix_person_organisation_id" ON "person" ("organisation_id");


CREATE INDEX "ix_place_circle_id" ON "place" ("circle_id");


CREATE UNIQUE INDEX "ix_place_code" ON "place" ("code");


CREATE INDEX "ix_place_organisation_id" ON "place" ("organisation_id");


CREATE UNIQUE INDEX "ix_resource_code" ON "resource" ("code");


CREATE INDEX "ix_resource_place_id" ON "resource" ("place_id");


CREATE INDEX "ix_resource_workshop_id" ON "resource" ("workshop_id");


CREATE INDEX "ix_role_grant_person_id" ON "role_grant" ("person_id");


CREATE UNIQUE INDEX "ix_workshop_code" ON "workshop" ("code");


CREATE INDEX "ix_workshop_organisation_id" ON "workshop" ("organisation_id");


CREATE INDEX "ix_workshop_place_id" ON "workshop" ("place_id");


