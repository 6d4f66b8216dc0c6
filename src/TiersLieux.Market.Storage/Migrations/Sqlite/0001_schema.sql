CREATE TABLE "account" (
    "id" TEXT NOT NULL CONSTRAINT "pk_account" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "has_auxiliary" INTEGER NOT NULL
);


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


CREATE TABLE "bank_statement" (
    "id" TEXT NOT NULL CONSTRAINT "pk_bank_statement" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "entity_id" TEXT NOT NULL,
    "account_iban" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "opening_date" TEXT NOT NULL,
    "opening" INTEGER NOT NULL,
    "closing_date" TEXT NOT NULL,
    "closing" INTEGER NOT NULL,
    "imported_at" TEXT NOT NULL
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


CREATE TABLE "connected_account" (
    "id" TEXT NOT NULL CONSTRAINT "pk_connected_account" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "stripe_id" TEXT NULL,
    "transfers" TEXT NOT NULL,
    "payouts_enabled" INTEGER NOT NULL,
    "requirements_due" TEXT NOT NULL,
    "read_at" TEXT NULL
);


CREATE TABLE "credential_kind" (
    "code" TEXT NOT NULL CONSTRAINT "pk_credential_kind" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "valid_months" INTEGER NOT NULL
);


CREATE TABLE "delivery_note" (
    "id" TEXT NOT NULL CONSTRAINT "pk_delivery_note" PRIMARY KEY,
    "order_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "lines" TEXT NOT NULL
);


CREATE TABLE "emission_factor" (
    "id" TEXT NOT NULL CONSTRAINT "pk_emission_factor" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "kg_co2" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "valid_from" TEXT NOT NULL,
    "is_default" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "url" TEXT NOT NULL
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


CREATE TABLE "invoice" (
    "id" TEXT NOT NULL CONSTRAINT "pk_invoice" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "issue_date" TEXT NOT NULL,
    "supply_date" TEXT NULL,
    "due_date" TEXT NULL,
    "frame" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "seller" TEXT NOT NULL,
    "buyer_id" TEXT NOT NULL,
    "buyer" TEXT NOT NULL,
    "order_id" TEXT NULL,
    "order_reference" TEXT NULL,
    "delivery_address" TEXT NULL,
    "corrects_id" TEXT NULL,
    "corrects_number" TEXT NULL,
    "corrects_issue_date" TEXT NULL,
    "vat_on_debits" INTEGER NOT NULL,
    "payee" TEXT NULL,
    "payment_reference" TEXT NULL,
    "excl_tax" INTEGER NOT NULL,
    "tax" INTEGER NOT NULL,
    "incl_tax" INTEGER NOT NULL,
    "prepaid" INTEGER NOT NULL,
    "payable" INTEGER NOT NULL,
    "issued_at" TEXT NOT NULL,
    "seal" TEXT NOT NULL,
    "previous_seal" TEXT NOT NULL,
    "operation_key" TEXT NULL
);


CREATE TABLE "journal_entry" (
    "id" TEXT NOT NULL CONSTRAINT "pk_journal_entry" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "entity_id" TEXT NOT NULL,
    "journal" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "event_code" TEXT NOT NULL,
    "document_reference" TEXT NOT NULL,
    "document_id" TEXT NULL,
    "document_date" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "posted" INTEGER NOT NULL,
    "operation_key" TEXT NULL
);


CREATE TABLE "journal_sequence" (
    "id" TEXT NOT NULL CONSTRAINT "pk_journal_sequence" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "entity_id" TEXT NOT NULL,
    "journal" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "next_number" INTEGER NOT NULL
);


CREATE TABLE "material" (
    "code" TEXT NOT NULL CONSTRAINT "pk_material" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "kg_per_unit" TEXT NOT NULL
);


CREATE TABLE "number_series" (
    "id" TEXT NOT NULL CONSTRAINT "pk_number_series" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "seller_id" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "next_number" INTEGER NOT NULL,
    "last_seal" TEXT NOT NULL,
    "last_issue_date" TEXT NULL
);


CREATE TABLE "order_event" (
    "id" TEXT NOT NULL CONSTRAINT "pk_order_event" PRIMARY KEY,
    "order_id" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL
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
    "is_consortium_lead" INTEGER NOT NULL,
    "self_billing_prefix" TEXT NULL,
    "self_billing_mandate" TEXT NULL,
    "has_approved_terms" INTEGER NOT NULL,
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


CREATE TABLE "payment" (
    "id" TEXT NOT NULL CONSTRAINT "pk_payment" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "checkout_session_id" TEXT NULL,
    "checkout_url" TEXT NULL,
    "payment_intent_id" TEXT NULL,
    "charge_id" TEXT NULL,
    "fee" INTEGER NULL,
    "settled_at" TEXT NULL,
    "failure_code" TEXT NULL,
    "refund_pending" INTEGER NOT NULL,
    "refunded" INTEGER NOT NULL
);


CREATE TABLE "payout" (
    "id" TEXT NOT NULL CONSTRAINT "pk_payout" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "stripe_id" TEXT NOT NULL,
    "account_id" TEXT NULL,
    "amount" INTEGER NOT NULL,
    "arrival_date" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "automatic" INTEGER NOT NULL,
    "statement_text" TEXT NULL,
    "failure_code" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "contents_read_at" TEXT NULL
);


CREATE TABLE "people_hold" (
    "id" TEXT NOT NULL CONSTRAINT "pk_people_hold" PRIMARY KEY,
    "workshop_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "deadline" TEXT NULL
);


CREATE TABLE "posting_rule" (
    "id" TEXT NOT NULL CONSTRAINT "pk_posting_rule" PRIMARY KEY,
    "event" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "journal" TEXT NOT NULL,
    "condition" TEXT NOT NULL,
    "order" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "amount" TEXT NOT NULL,
    "auxiliary" TEXT NOT NULL,
    "label" TEXT NOT NULL
);


CREATE TABLE "process" (
    "code" TEXT NOT NULL CONSTRAINT "pk_process" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "parent_code" TEXT NULL,
    "din_code" TEXT NULL,
    "mark" TEXT NOT NULL,
    "load_factor" TEXT NOT NULL
);


CREATE TABLE "quote" (
    "id" TEXT NOT NULL CONSTRAINT "pk_quote" PRIMARY KEY,
    "number" TEXT NOT NULL,
    "person_id" TEXT NULL,
    "organisation_id" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "valid_until" TEXT NOT NULL,
    "deliver_to_insee" TEXT NOT NULL,
    "deliver_to_name" TEXT NOT NULL,
    "due_date" TEXT NULL,
    "lines" TEXT NOT NULL,
    "plans" TEXT NOT NULL
);


CREATE TABLE "reference_counter" (
    "prefix" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "pk_reference_counter" PRIMARY KEY ("prefix", "year")
);


CREATE TABLE "transport_band" (
    "id" TEXT NOT NULL CONSTRAINT "pk_transport_band" PRIMARY KEY,
    "valid_from" TEXT NOT NULL,
    "up_to_kg" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "flat" INTEGER NOT NULL,
    "cents_per_km" TEXT NOT NULL,
    "vat_rate" TEXT NOT NULL
);


CREATE TABLE "workshop_transfer" (
    "id" TEXT NOT NULL CONSTRAINT "pk_workshop_transfer" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "order_id" TEXT NOT NULL,
    "transfer_group" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "source_charge_id" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "reversal_pending" INTEGER NOT NULL,
    "reversed" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "attempt_started_at" TEXT NOT NULL,
    "settled_at" TEXT NULL,
    "stripe_id" TEXT NULL,
    "problem" TEXT NULL,
    "invoice_id" TEXT NOT NULL
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


CREATE TABLE "bank_line" (
    "id" TEXT NOT NULL CONSTRAINT "pk_bank_line" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "entity_id" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "account_iban" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "booking_date" TEXT NOT NULL,
    "value_date" TEXT NULL,
    "text" TEXT NOT NULL,
    "counterparty_name" TEXT NULL,
    "counterparty_iban" TEXT NULL,
    "bank_reference" TEXT NULL,
    "end_to_end_id" TEXT NULL,
    "structured_reference" TEXT NULL,
    "is_reversal" INTEGER NOT NULL,
    "content_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "statement_id" TEXT NOT NULL,
    CONSTRAINT "fk_bank_line_bank_statement_statement_id" FOREIGN KEY ("statement_id") REFERENCES "bank_statement" ("id") ON DELETE CASCADE
);


CREATE TABLE "invoice_deposit" (
    "id" TEXT NOT NULL CONSTRAINT "pk_invoice_deposit" PRIMARY KEY,
    "order" INTEGER NOT NULL,
    "deposit_invoice_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "issue_date" TEXT NOT NULL,
    "supply" TEXT NOT NULL,
    "basis" INTEGER NOT NULL,
    "tax" INTEGER NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "Vat_Category" TEXT NOT NULL,
    "Vat_ExemptionCode" TEXT NULL,
    "Vat_Mention" TEXT NULL,
    "Vat_RatePercent" TEXT NOT NULL,
    CONSTRAINT "fk_invoice_deposit_invoice_invoice_id" FOREIGN KEY ("invoice_id") REFERENCES "invoice" ("id") ON DELETE CASCADE
);


CREATE TABLE "invoice_line" (
    "id" TEXT NOT NULL CONSTRAINT "pk_invoice_line" PRIMARY KEY,
    "order" INTEGER NOT NULL,
    "description" TEXT NOT NULL,
    "detail" TEXT NULL,
    "quantity" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "unit_price" TEXT NOT NULL,
    "discount" INTEGER NOT NULL,
    "supply" TEXT NOT NULL,
    "net" INTEGER NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "Vat_Category" TEXT NOT NULL,
    "Vat_ExemptionCode" TEXT NULL,
    "Vat_Mention" TEXT NULL,
    "Vat_RatePercent" TEXT NOT NULL,
    CONSTRAINT "fk_invoice_line_invoice_invoice_id" FOREIGN KEY ("invoice_id") REFERENCES "invoice" ("id") ON DELETE CASCADE
);


CREATE TABLE "invoice_mention" (
    "id" TEXT NOT NULL CONSTRAINT "pk_invoice_mention" PRIMARY KEY,
    "order" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    CONSTRAINT "fk_invoice_mention_invoice_invoice_id" FOREIGN KEY ("invoice_id") REFERENCES "invoice" ("id") ON DELETE CASCADE
);


CREATE TABLE "invoice_vat" (
    "id" TEXT NOT NULL CONSTRAINT "pk_invoice_vat" PRIMARY KEY,
    "order" INTEGER NOT NULL,
    "supply" TEXT NOT NULL,
    "basis" INTEGER NOT NULL,
    "tax" INTEGER NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "Vat_Category" TEXT NOT NULL,
    "Vat_ExemptionCode" TEXT NULL,
    "Vat_Mention" TEXT NULL,
    "Vat_RatePercent" TEXT NOT NULL,
    CONSTRAINT "fk_invoice_vat_invoice_invoice_id" FOREIGN KEY ("invoice_id") REFERENCES "invoice" ("id") ON DELETE CASCADE
);


CREATE TABLE "journal_line" (
    "id" TEXT NOT NULL CONSTRAINT "pk_journal_line" PRIMARY KEY,
    "order" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "account_label" TEXT NOT NULL,
    "auxiliary_id" TEXT NULL,
    "auxiliary_code" TEXT NULL,
    "auxiliary_name" TEXT NULL,
    "label" TEXT NOT NULL,
    "debit" INTEGER NOT NULL,
    "credit" INTEGER NOT NULL,
    "vat_rate" TEXT NULL,
    "lettering" TEXT NULL,
    "lettered_on" TEXT NULL,
    "entry_id" TEXT NOT NULL,
    "Axes_CircleId" TEXT NULL,
    "Axes_FunderId" TEXT NULL,
    "Axes_PlaceId" TEXT NULL,
    "Axes_ProjectId" TEXT NULL,
    CONSTRAINT "ck_journal_line_side" CHECK (debit >= 0 AND credit >= 0 AND (debit = 0 OR credit = 0)),
    CONSTRAINT "fk_journal_line_journal_entry_entry_id" FOREIGN KEY ("entry_id") REFERENCES "journal_entry" ("id") ON DELETE CASCADE
);


CREATE TABLE "material_price" (
    "id" TEXT NOT NULL CONSTRAINT "pk_material_price" PRIMARY KEY,
    "material" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "unit_price" INTEGER NOT NULL,
    CONSTRAINT "fk_material_price_material_material" FOREIGN KEY ("material") REFERENCES "material" ("code") ON DELETE CASCADE
);


CREATE TABLE "fee" (
    "id" TEXT NOT NULL CONSTRAINT "pk_fee" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "beneficiary_id" TEXT NOT NULL,
    "vat_rate" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "is_active" INTEGER NOT NULL,
    "percent" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "additional" INTEGER NOT NULL,
    "steps" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "circle_id" TEXT NULL,
    "sale" TEXT NOT NULL,
    CONSTRAINT "fk_fee_circle_circle_id" FOREIGN KEY ("circle_id") REFERENCES "circle" ("id"),
    CONSTRAINT "fk_fee_organisation_beneficiary_id" FOREIGN KEY ("beneficiary_id") REFERENCES "organisation" ("id") ON DELETE CASCADE
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


CREATE TABLE "refund" (
    "id" TEXT NOT NULL CONSTRAINT "pk_refund" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "payment_id" TEXT NOT NULL,
    "charge_id" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "motive" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "attempt_started_at" TEXT NOT NULL,
    "settled_at" TEXT NULL,
    "stripe_id" TEXT NULL,
    "problem" TEXT NULL,
    CONSTRAINT "fk_refund_payment_payment_id" FOREIGN KEY ("payment_id") REFERENCES "payment" ("id") ON DELETE CASCADE
);


CREATE TABLE "payout_line" (
    "id" TEXT NOT NULL CONSTRAINT "pk_payout_line" PRIMARY KEY,
    "payout_id" TEXT NOT NULL,
    "balance_transaction_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "fee" INTEGER NOT NULL,
    "net" INTEGER NOT NULL,
    "source_id" TEXT NULL,
    "description" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "linked_subject" TEXT NULL,
    "linked_id" TEXT NULL,
    CONSTRAINT "fk_payout_line_payout_payout_id" FOREIGN KEY ("payout_id") REFERENCES "payout" ("id") ON DELETE CASCADE
);


CREATE TABLE "order" (
    "id" TEXT NOT NULL CONSTRAINT "pk_order" PRIMARY KEY,
    "number" TEXT NOT NULL,
    "quote_id" TEXT NOT NULL,
    "plan_kind" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "organisation_id" TEXT NULL,
    "lines" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "promise_date" TEXT NOT NULL,
    "excl_tax" INTEGER NOT NULL,
    "tax" INTEGER NOT NULL,
    "incl_tax" INTEGER NOT NULL,
    "deposit" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "held_until" TEXT NULL,
    "due_at" TEXT NULL,
    "delivered_at" TEXT NULL,
    "received_by" TEXT NULL,
    "received_on" TEXT NULL,
    "receipt_reserve" TEXT NULL,
    "cancel_reason" TEXT NULL,
    "version" INTEGER NOT NULL,
    "DeliverTo_City" TEXT NOT NULL,
    "DeliverTo_Country" TEXT NOT NULL,
    "DeliverTo_Insee" TEXT NOT NULL,
    "DeliverTo_PostalCode" TEXT NOT NULL,
    "DeliverTo_Street" TEXT NOT NULL,
    CONSTRAINT "fk_order_quote_quote_id" FOREIGN KEY ("quote_id") REFERENCES "quote" ("id") ON DELETE CASCADE
);


CREATE TABLE "transfer_reversal" (
    "id" TEXT NOT NULL CONSTRAINT "pk_transfer_reversal" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "transfer_stripe_id" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "settled_at" TEXT NULL,
    "stripe_id" TEXT NULL,
    "problem" TEXT NULL,
    CONSTRAINT "fk_transfer_reversal_workshop_transfer_transfer_id" FOREIGN KEY ("transfer_id") REFERENCES "workshop_transfer" ("id") ON DELETE CASCADE
);


CREATE TABLE "bank_match" (
    "id" TEXT NOT NULL CONSTRAINT "pk_bank_match" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "bank_line_id" TEXT NOT NULL,
    "candidate_kind" TEXT NOT NULL,
    "candidate_id" TEXT NOT NULL,
    "candidate_reference" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "automatic" INTEGER NOT NULL,
    "reason_french" TEXT NOT NULL,
    "reason_english" TEXT NOT NULL,
    "made_by" TEXT NULL,
    "made_at" TEXT NOT NULL,
    "undone_by" TEXT NULL,
    "undone_at" TEXT NULL,
    CONSTRAINT "fk_bank_match_bank_line_bank_line_id" FOREIGN KEY ("bank_line_id") REFERENCES "bank_line" ("id") ON DELETE CASCADE
);


CREATE TABLE "api_token" (
    "id" TEXT NOT NULL CONSTRAINT "pk_api_token" PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "revoked_at" TEXT NULL,
    CONSTRAINT "fk_api_token_person_person_id" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE
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
    "lead_days" INTEGER NULL,
    "design_licence" TEXT NULL,
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
    "speciality" TEXT NULL,
    "material_margin_percent" TEXT NOT NULL,
    "accepts_automatically" INTEGER NOT NULL,
    CONSTRAINT "fk_workshop_organisation_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_workshop_place_place_id" FOREIGN KEY ("place_id") REFERENCES "place" ("id") ON DELETE CASCADE
);


CREATE TABLE "resource" (
    "id" TEXT NOT NULL CONSTRAINT "pk_resource" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "english_name" TEXT NULL,
    "place_id" TEXT NOT NULL,
    "workshop_id" TEXT NULL,
    "make" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "width_mm" INTEGER NULL,
    "depth_mm" INTEGER NULL,
    "materials" TEXT NOT NULL,
    "height_mm" INTEGER NULL,
    "parent_id" TEXT NULL,
    "buffer_minutes" INTEGER NOT NULL,
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
    CONSTRAINT "fk_resource_resource_parent_id" FOREIGN KEY ("parent_id") REFERENCES "resource" ("id"),
    CONSTRAINT "fk_resource_workshop_workshop_id" FOREIGN KEY ("workshop_id") REFERENCES "workshop" ("id")
);


CREATE TABLE "work_order" (
    "id" TEXT NOT NULL CONSTRAINT "pk_work_order" PRIMARY KEY,
    "order_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "workshop_id" TEXT NOT NULL,
    "workshop_organisation_id" TEXT NOT NULL,
    "operations" TEXT NOT NULL,
    "quantity" TEXT NOT NULL,
    "share" INTEGER NOT NULL,
    "start" TEXT NOT NULL,
    "end" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "answer_by" TEXT NULL,
    "quantity_done" TEXT NOT NULL,
    "quantity_rejected" TEXT NOT NULL,
    "quality_note" TEXT NULL,
    "decline_reason" TEXT NULL,
    "done_at" TEXT NULL,
    "replaced_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_work_order_order_order_id" FOREIGN KEY ("order_id") REFERENCES "order" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_work_order_workshop_workshop_id" FOREIGN KEY ("workshop_id") REFERENCES "workshop" ("id") ON DELETE CASCADE
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
    "seats" INTEGER NOT NULL,
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


CREATE TABLE "session_series" (
    "id" TEXT NOT NULL CONSTRAINT "pk_session_series" PRIMARY KEY,
    "offer_id" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "trainer_id" TEXT NOT NULL,
    "weekday" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "every_weeks" INTEGER NOT NULL,
    "threshold" INTEGER NOT NULL,
    "deadline_days" INTEGER NOT NULL,
    "credential" TEXT NULL,
    CONSTRAINT "fk_session_series_offer_offer_id" FOREIGN KEY ("offer_id") REFERENCES "offer" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_session_series_person_trainer_id" FOREIGN KEY ("trainer_id") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_session_series_resource_resource_id" FOREIGN KEY ("resource_id") REFERENCES "resource" ("id") ON DELETE CASCADE
);


CREATE UNIQUE INDEX "ix_account_code" ON "account" ("code");


CREATE UNIQUE INDEX "ix_api_token_hash" ON "api_token" ("hash");


CREATE INDEX "ix_api_token_person_id" ON "api_token" ("person_id");


CREATE INDEX "ix_asp_net_user_claims_user_id" ON "asp_net_user_claims" ("user_id");


CREATE INDEX "ix_asp_net_user_logins_user_id" ON "asp_net_user_logins" ("user_id");


CREATE INDEX "email_index" ON "asp_net_users" ("normalized_email");


CREATE UNIQUE INDEX "user_name_index" ON "asp_net_users" ("normalized_user_name");


CREATE INDEX "ix_audit_subject_subject_id" ON "audit" ("subject", "subject_id");


CREATE UNIQUE INDEX "ix_bank_line_account_iban_content_hash" ON "bank_line" ("account_iban", "content_hash");


CREATE INDEX "ix_bank_line_entity_id_state" ON "bank_line" ("entity_id", "state");


CREATE INDEX "ix_bank_line_statement_id" ON "bank_line" ("statement_id");


CREATE UNIQUE INDEX "ix_bank_match_bank_line_id" ON "bank_match" ("bank_line_id") WHERE undone_at IS NULL;


CREATE UNIQUE INDEX "ix_bank_match_candidate_kind_candidate_id" ON "bank_match" ("candidate_kind", "candidate_id") WHERE undone_at IS NULL;


CREATE INDEX "ix_bank_statement_entity_id_account_iban_closing_date" ON "bank_statement" ("entity_id", "account_iban", "closing_date");


CREATE INDEX "ix_booking_held_until" ON "booking" ("held_until");


CREATE INDEX "ix_booking_person_id_start" ON "booking" ("person_id", "start");


CREATE UNIQUE INDEX "ix_booking_reference" ON "booking" ("reference");


CREATE INDEX "ix_booking_resource_id_start" ON "booking" ("resource_id", "start");


CREATE UNIQUE INDEX "ix_circle_code" ON "circle" ("code");


CREATE INDEX "ix_closure_place_id" ON "closure" ("place_id");


CREATE UNIQUE INDEX "ix_connected_account_organisation_id" ON "connected_account" ("organisation_id");


CREATE UNIQUE INDEX "ix_connected_account_stripe_id" ON "connected_account" ("stripe_id");


CREATE INDEX "ix_credential_granted_by_place_id" ON "credential" ("granted_by_place_id");


CREATE INDEX "ix_credential_person_id_kind" ON "credential" ("person_id", "kind");


CREATE UNIQUE INDEX "ix_delivery_note_number" ON "delivery_note" ("number");


CREATE INDEX "ix_delivery_note_order_id" ON "delivery_note" ("order_id");


CREATE UNIQUE INDEX "ix_emission_factor_code" ON "emission_factor" ("code");


CREATE INDEX "ix_fee_beneficiary_id" ON "fee" ("beneficiary_id");


CREATE INDEX "ix_fee_circle_id" ON "fee" ("circle_id");


CREATE UNIQUE INDEX "ix_fee_code_valid_from" ON "fee" ("code", "valid_from");


CREATE INDEX "ix_idempotent_request_created_at" ON "idempotent_request" ("created_at");


CREATE UNIQUE INDEX "ix_inbox_source_event_id" ON "inbox" ("source", "event_id");


CREATE INDEX "ix_invoice_buyer_id" ON "invoice" ("buyer_id");


CREATE INDEX "ix_invoice_number" ON "invoice" ("number");


CREATE UNIQUE INDEX "ix_invoice_operation_key" ON "invoice" ("operation_key");


CREATE INDEX "ix_invoice_order_id" ON "invoice" ("order_id");


CREATE UNIQUE INDEX "ix_invoice_seller_id_series_year_sequence" ON "invoice" ("seller_id", "series", "year", "sequence");


CREATE INDEX "ix_invoice_deposit_invoice_id" ON "invoice_deposit" ("invoice_id");


CREATE INDEX "ix_invoice_line_invoice_id" ON "invoice_line" ("invoice_id");


CREATE INDEX "ix_invoice_mention_invoice_id" ON "invoice_mention" ("invoice_id");


CREATE INDEX "ix_invoice_vat_invoice_id" ON "invoice_vat" ("invoice_id");


CREATE INDEX "ix_journal_entry_document_id" ON "journal_entry" ("document_id");


CREATE UNIQUE INDEX "ix_journal_entry_entity_id_journal_year_number" ON "journal_entry" ("entity_id", "journal", "year", "number");


CREATE UNIQUE INDEX "ix_journal_entry_operation_key" ON "journal_entry" ("operation_key");


CREATE INDEX "ix_journal_line_account" ON "journal_line" ("account");


CREATE INDEX "ix_journal_line_entry_id" ON "journal_line" ("entry_id");


CREATE UNIQUE INDEX "ix_journal_sequence_entity_id_journal_year" ON "journal_sequence" ("entity_id", "journal", "year");


CREATE UNIQUE INDEX "ix_material_price_material_valid_from" ON "material_price" ("material", "valid_from");


CREATE INDEX "ix_membership_person_id_place_id" ON "membership" ("person_id", "place_id");


CREATE INDEX "ix_membership_place_id" ON "membership" ("place_id");


CREATE UNIQUE INDEX "ix_number_series_seller_id_prefix_year" ON "number_series" ("seller_id", "prefix", "year");


CREATE INDEX "ix_occupation_owner_id" ON "occupation" ("owner_id");


CREATE INDEX "ix_occupation_resource_id_seat_start" ON "occupation" ("resource_id", "seat", "start");


CREATE INDEX "ix_offer_circle_id" ON "offer" ("circle_id");


CREATE UNIQUE INDEX "ix_offer_code" ON "offer" ("code");


CREATE INDEX "ix_offer_place_id" ON "offer" ("place_id");


CREATE INDEX "ix_offer_seller_organisation_id" ON "offer" ("seller_organisation_id");


CREATE INDEX "ix_offer_state" ON "offer" ("state");


CREATE INDEX "ix_order_due_at" ON "order" ("due_at");


CREATE UNIQUE INDEX "ix_order_number" ON "order" ("number");


CREATE INDEX "ix_order_person_id" ON "order" ("person_id");


CREATE INDEX "ix_order_quote_id" ON "order" ("quote_id");


CREATE INDEX "ix_order_event_order_id_at" ON "order_event" ("order_id", "at");


CREATE UNIQUE INDEX "ix_organisation_code" ON "organisation" ("code");


CREATE UNIQUE INDEX "ix_outbox_kind_key" ON "outbox" ("kind", "key");


CREATE INDEX "ix_outbox_open" ON "outbox" ("due_at") WHERE done_at IS NULL AND dead_at IS NULL;


CREATE UNIQUE INDEX "ix_payment_charge_id" ON "payment" ("charge_id");


CREATE UNIQUE INDEX "ix_payment_checkout_session_id" ON "payment" ("checkout_session_id");


CREATE UNIQUE INDEX "ix_payment_idempotency_key" ON "payment" ("idempotency_key");


CREATE INDEX "ix_payment_subject_subject_id" ON "payment" ("subject", "subject_id");


CREATE UNIQUE INDEX "ix_payout_stripe_id" ON "payout" ("stripe_id");


CREATE UNIQUE INDEX "ix_payout_line_balance_transaction_id" ON "payout_line" ("balance_transaction_id");


CREATE INDEX "ix_payout_line_payout_id" ON "payout_line" ("payout_id");


CREATE INDEX "ix_people_hold_owner_id" ON "people_hold" ("owner_id");


CREATE INDEX "ix_people_hold_workshop_id_day" ON "people_hold" ("workshop_id", "day");


CREATE UNIQUE INDEX "ix_person_email" ON "person" ("email");


CREATE INDEX "ix_person_organisation_id" ON "person" ("organisation_id");


CREATE INDEX "ix_place_circle_id" ON "place" ("circle_id");


CREATE UNIQUE INDEX "ix_place_code" ON "place" ("code");


CREATE INDEX "ix_place_organisation_id" ON "place" ("organisation_id");


CREATE UNIQUE INDEX "ix_posting_rule_event_order" ON "posting_rule" ("event", "order");


CREATE UNIQUE INDEX "ix_quote_number" ON "quote" ("number");


CREATE UNIQUE INDEX "ix_refund_idempotency_key" ON "refund" ("idempotency_key");


CREATE INDEX "ix_refund_payment_id" ON "refund" ("payment_id");


CREATE UNIQUE INDEX "ix_refund_stripe_id" ON "refund" ("stripe_id");


CREATE UNIQUE INDEX "ix_resource_code" ON "resource" ("code");


CREATE INDEX "ix_resource_parent_id" ON "resource" ("parent_id");


CREATE INDEX "ix_resource_place_id" ON "resource" ("place_id");


CREATE INDEX "ix_resource_workshop_id" ON "resource" ("workshop_id");


CREATE INDEX "ix_role_grant_person_id" ON "role_grant" ("person_id");


CREATE INDEX "ix_session_series_offer_id" ON "session_series" ("offer_id");


CREATE INDEX "ix_session_series_resource_id" ON "session_series" ("resource_id");


CREATE INDEX "ix_session_series_trainer_id" ON "session_series" ("trainer_id");


CREATE UNIQUE INDEX "ix_transfer_reversal_idempotency_key" ON "transfer_reversal" ("idempotency_key");


CREATE INDEX "ix_transfer_reversal_transfer_id" ON "transfer_reversal" ("transfer_id");


CREATE UNIQUE INDEX "ix_transport_band_valid_from_up_to_kg" ON "transport_band" ("valid_from", "up_to_kg");


CREATE INDEX "ix_work_order_answer_by" ON "work_order" ("answer_by");


CREATE UNIQUE INDEX "ix_work_order_number" ON "work_order" ("number");


CREATE INDEX "ix_work_order_order_id" ON "work_order" ("order_id");


CREATE INDEX "ix_work_order_workshop_id_state" ON "work_order" ("workshop_id", "state");


CREATE UNIQUE INDEX "ix_workshop_code" ON "workshop" ("code");


CREATE INDEX "ix_workshop_organisation_id" ON "workshop" ("organisation_id");


CREATE INDEX "ix_workshop_place_id" ON "workshop" ("place_id");


CREATE UNIQUE INDEX "ix_workshop_transfer_idempotency_key" ON "workshop_transfer" ("idempotency_key");


CREATE INDEX "ix_workshop_transfer_invoice_id" ON "workshop_transfer" ("invoice_id");


CREATE INDEX "ix_workshop_transfer_order_id" ON "workshop_transfer" ("order_id");


CREATE UNIQUE INDEX "ix_workshop_transfer_stripe_id" ON "workshop_transfer" ("stripe_id");


