CREATE TABLE account (
    id uuid NOT NULL,
    code text NOT NULL,
    label text NOT NULL,
    has_auxiliary boolean NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id)
);


CREATE TABLE asp_net_users (
    id uuid NOT NULL,
    user_name character varying(256),
    normalized_user_name character varying(256),
    email character varying(256),
    normalized_email character varying(256),
    email_confirmed boolean NOT NULL,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    phone_number text,
    phone_number_confirmed boolean NOT NULL,
    two_factor_enabled boolean NOT NULL,
    lockout_end timestamp with time zone,
    lockout_enabled boolean NOT NULL,
    access_failed_count integer NOT NULL,
    CONSTRAINT pk_asp_net_users PRIMARY KEY (id)
);


CREATE TABLE audit (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid NOT NULL,
    actor text NOT NULL,
    subject text NOT NULL,
    subject_id uuid NOT NULL,
    what text NOT NULL,
    "from" text,
    "to" text,
    CONSTRAINT pk_audit PRIMARY KEY (id)
);


CREATE TABLE bank_statement (
    id uuid NOT NULL,
    version integer NOT NULL,
    entity_id uuid NOT NULL,
    account_iban text NOT NULL,
    reference text NOT NULL,
    currency text NOT NULL,
    format text NOT NULL,
    file_name text NOT NULL,
    opening_date date NOT NULL,
    opening bigint NOT NULL,
    closing_date date NOT NULL,
    closing bigint NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_bank_statement PRIMARY KEY (id)
);


CREATE TABLE circle (
    id uuid NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    CONSTRAINT pk_circle PRIMARY KEY (id)
);


CREATE TABLE closure (
    id uuid NOT NULL,
    place_id uuid NOT NULL,
    resource_id uuid,
    start timestamp with time zone NOT NULL,
    "end" timestamp with time zone NOT NULL,
    reason text NOT NULL,
    CONSTRAINT pk_closure PRIMARY KEY (id)
);


CREATE TABLE commune (
    insee text NOT NULL,
    name text NOT NULL,
    postal_codes text NOT NULL,
    department text NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    precision text NOT NULL,
    CONSTRAINT pk_commune PRIMARY KEY (insee)
);


CREATE TABLE connected_account (
    id uuid NOT NULL,
    version integer NOT NULL,
    organisation_id uuid NOT NULL,
    idempotency_key text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    stripe_id text,
    transfers text NOT NULL,
    payouts_enabled boolean NOT NULL,
    requirements_due text NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT pk_connected_account PRIMARY KEY (id)
);


CREATE TABLE credential_kind (
    code text NOT NULL,
    name text NOT NULL,
    valid_months integer NOT NULL,
    CONSTRAINT pk_credential_kind PRIMARY KEY (code)
);


CREATE TABLE delivery_note (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    number text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    lines text NOT NULL,
    CONSTRAINT pk_delivery_note PRIMARY KEY (id)
);


CREATE TABLE emission_factor (
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    kg_co2 numeric(18,6) NOT NULL,
    year integer NOT NULL,
    valid_from date NOT NULL,
    is_default boolean NOT NULL,
    source text NOT NULL,
    url text NOT NULL,
    CONSTRAINT pk_emission_factor PRIMARY KEY (id)
);


CREATE TABLE filiere (
    code text NOT NULL,
    name text NOT NULL,
    CONSTRAINT pk_filiere PRIMARY KEY (code)
);


CREATE TABLE idempotent_request (
    caller text NOT NULL,
    key text NOT NULL,
    body_hash text NOT NULL,
    status integer NOT NULL,
    content_type text,
    body text NOT NULL,
    location text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_idempotent_request PRIMARY KEY (caller, key)
);


CREATE TABLE inbox (
    id uuid NOT NULL,
    source text NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_inbox PRIMARY KEY (id)
);


CREATE TABLE invoice (
    id uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    series text NOT NULL,
    year integer NOT NULL,
    sequence integer NOT NULL,
    number text NOT NULL,
    issue_date date NOT NULL,
    supply_date date,
    due_date date,
    frame text NOT NULL,
    language text NOT NULL,
    seller_id uuid NOT NULL,
    seller text NOT NULL,
    buyer_id uuid NOT NULL,
    buyer text NOT NULL,
    order_id uuid,
    order_reference text,
    delivery_address text,
    corrects_id uuid,
    corrects_number text,
    corrects_issue_date date,
    vat_on_debits boolean NOT NULL,
    payee text,
    payment_reference text,
    excl_tax bigint NOT NULL,
    tax bigint NOT NULL,
    incl_tax bigint NOT NULL,
    prepaid bigint NOT NULL,
    payable bigint NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    seal text NOT NULL,
    previous_seal text NOT NULL,
    operation_key text,
    CONSTRAINT pk_invoice PRIMARY KEY (id)
);


CREATE TABLE journal_entry (
    id uuid NOT NULL,
    version integer NOT NULL,
    entity_id uuid NOT NULL,
    journal text NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    date date NOT NULL,
    event_code text NOT NULL,
    document_reference text NOT NULL,
    document_id uuid,
    document_date date NOT NULL,
    label text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    posted boolean NOT NULL,
    operation_key text,
    CONSTRAINT pk_journal_entry PRIMARY KEY (id)
);


CREATE TABLE journal_sequence (
    id uuid NOT NULL,
    version integer NOT NULL,
    entity_id uuid NOT NULL,
    journal text NOT NULL,
    year integer NOT NULL,
    next_number integer NOT NULL,
    CONSTRAINT pk_journal_sequence PRIMARY KEY (id)
);


CREATE TABLE material (
    code text NOT NULL,
    name text NOT NULL,
    family text NOT NULL,
    unit text NOT NULL,
    kg_per_unit numeric(18,6) NOT NULL,
    CONSTRAINT pk_material PRIMARY KEY (code)
);


CREATE TABLE number_series (
    id uuid NOT NULL,
    version integer NOT NULL,
    seller_id uuid NOT NULL,
    prefix text NOT NULL,
    year integer NOT NULL,
    next_number integer NOT NULL,
    last_seal text NOT NULL,
    last_issue_date date,
    CONSTRAINT pk_number_series PRIMARY KEY (id)
);


CREATE TABLE order_event (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    by text NOT NULL,
    CONSTRAINT pk_order_event PRIMARY KEY (id)
);


CREATE TABLE organisation (
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    vat_regime text NOT NULL,
    email text NOT NULL,
    legal_form text NOT NULL,
    capital text,
    trade_register text,
    siren text,
    siret text,
    vat_number text,
    iban text,
    is_fictitious boolean NOT NULL,
    is_consortium_lead boolean NOT NULL,
    self_billing_prefix text,
    self_billing_mandate date,
    has_approved_terms boolean NOT NULL,
    version integer NOT NULL,
    "Address_City" text NOT NULL,
    "Address_Country" text NOT NULL,
    "Address_Insee" text NOT NULL,
    "Address_PostalCode" text NOT NULL,
    "Address_Street" text NOT NULL,
    CONSTRAINT pk_organisation PRIMARY KEY (id)
);


CREATE TABLE outbox (
    id uuid NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    payload text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    last_error text,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (id)
);


CREATE TABLE payment (
    id uuid NOT NULL,
    version integer NOT NULL,
    subject text NOT NULL,
    subject_id uuid NOT NULL,
    purpose text NOT NULL,
    amount bigint NOT NULL,
    state text NOT NULL,
    idempotency_key text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    checkout_session_id text,
    checkout_url text,
    payment_intent_id text,
    charge_id text,
    fee bigint,
    settled_at timestamp with time zone,
    failure_code text,
    refund_pending bigint NOT NULL,
    refunded bigint NOT NULL,
    CONSTRAINT pk_payment PRIMARY KEY (id)
);


CREATE TABLE payout (
    id uuid NOT NULL,
    version integer NOT NULL,
    stripe_id text NOT NULL,
    account_id text,
    amount bigint NOT NULL,
    arrival_date date NOT NULL,
    state text NOT NULL,
    automatic boolean NOT NULL,
    statement_text text,
    failure_code text,
    created_at timestamp with time zone NOT NULL,
    contents_read_at timestamp with time zone,
    CONSTRAINT pk_payout PRIMARY KEY (id)
);


CREATE TABLE people_hold (
    id uuid NOT NULL,
    workshop_id uuid NOT NULL,
    day date NOT NULL,
    owner_id uuid NOT NULL,
    minutes integer NOT NULL,
    deadline timestamp with time zone,
    CONSTRAINT pk_people_hold PRIMARY KEY (id)
);


CREATE TABLE posting_rule (
    id uuid NOT NULL,
    event text NOT NULL,
    operation text NOT NULL,
    journal text NOT NULL,
    condition text NOT NULL,
    "order" text NOT NULL,
    side text NOT NULL,
    account text NOT NULL,
    amount text NOT NULL,
    auxiliary text NOT NULL,
    label text NOT NULL,
    CONSTRAINT pk_posting_rule PRIMARY KEY (id)
);


CREATE TABLE process (
    code text NOT NULL,
    name text NOT NULL,
    parent_code text,
    din_code text,
    mark text NOT NULL,
    load_factor numeric(18,6) NOT NULL,
    CONSTRAINT pk_process PRIMARY KEY (code)
);


CREATE TABLE quote (
    id uuid NOT NULL,
    number text NOT NULL,
    person_id uuid,
    organisation_id uuid,
    created_at timestamp with time zone NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    deliver_to_insee text NOT NULL,
    deliver_to_name text NOT NULL,
    due_date date,
    lines text NOT NULL,
    plans text NOT NULL,
    CONSTRAINT pk_quote PRIMARY KEY (id)
);


CREATE TABLE reference_counter (
    prefix text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_reference_counter PRIMARY KEY (prefix, year)
);


CREATE TABLE transport_band (
    id uuid NOT NULL,
    valid_from date NOT NULL,
    up_to_kg numeric(18,6) NOT NULL,
    mode text NOT NULL,
    flat bigint NOT NULL,
    cents_per_km numeric(18,6) NOT NULL,
    vat_rate numeric(18,6) NOT NULL,
    CONSTRAINT pk_transport_band PRIMARY KEY (id)
);


CREATE TABLE workshop_transfer (
    id uuid NOT NULL,
    version integer NOT NULL,
    order_id uuid NOT NULL,
    transfer_group text NOT NULL,
    organisation_id uuid NOT NULL,
    account_id text NOT NULL,
    payment_id uuid NOT NULL,
    source_charge_id text NOT NULL,
    amount bigint NOT NULL,
    reversal_pending bigint NOT NULL,
    reversed bigint NOT NULL,
    state text NOT NULL,
    idempotency_key text NOT NULL,
    attempt integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    attempt_started_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    stripe_id text,
    problem text,
    invoice_id uuid NOT NULL,
    CONSTRAINT pk_workshop_transfer PRIMARY KEY (id)
);


CREATE TABLE asp_net_user_claims (
    id integer GENERATED BY DEFAULT AS IDENTITY,
    user_id uuid NOT NULL,
    claim_type text,
    claim_value text,
    CONSTRAINT pk_asp_net_user_claims PRIMARY KEY (id),
    CONSTRAINT fk_asp_net_user_claims_asp_net_users_user_id FOREIGN KEY (user_id) REFERENCES asp_net_users (id) ON DELETE CASCADE
);


CREATE TABLE asp_net_user_logins (
    login_provider text NOT NULL,
    provider_key text NOT NULL,
    provider_display_name text,
    user_id uuid NOT NULL,
    CONSTRAINT pk_asp_net_user_logins PRIMARY KEY (login_provider, provider_key),
    CONSTRAINT fk_asp_net_user_logins_asp_net_users_user_id FOREIGN KEY (user_id) REFERENCES asp_net_users (id) ON DELETE CASCADE
);


CREATE TABLE asp_net_user_tokens (
    user_id uuid NOT NULL,
    login_provider text NOT NULL,
    name text NOT NULL,
    value text,
    CONSTRAINT pk_asp_net_user_tokens PRIMARY KEY (user_id, login_provider, name),
    CONSTRAINT fk_asp_net_user_tokens_asp_net_users_user_id FOREIGN KEY (user_id) REFERENCES asp_net_users (id) ON DELETE CASCADE
);


CREATE TABLE bank_line (
    id uuid NOT NULL,
    version integer NOT NULL,
    entity_id uuid NOT NULL,
    "order" integer NOT NULL,
    account_iban text NOT NULL,
    amount bigint NOT NULL,
    booking_date date NOT NULL,
    value_date date,
    text text NOT NULL,
    counterparty_name text,
    counterparty_iban text,
    bank_reference text,
    end_to_end_id text,
    structured_reference text,
    is_reversal boolean NOT NULL,
    content_hash text NOT NULL,
    state text NOT NULL,
    statement_id uuid NOT NULL,
    CONSTRAINT pk_bank_line PRIMARY KEY (id),
    CONSTRAINT fk_bank_line_bank_statement_statement_id FOREIGN KEY (statement_id) REFERENCES bank_statement (id) ON DELETE CASCADE
);


CREATE TABLE invoice_deposit (
    id uuid NOT NULL,
    "order" integer NOT NULL,
    deposit_invoice_id uuid NOT NULL,
    number text NOT NULL,
    issue_date date NOT NULL,
    supply text NOT NULL,
    basis bigint NOT NULL,
    tax bigint NOT NULL,
    invoice_id uuid NOT NULL,
    "Vat_Category" text NOT NULL,
    "Vat_ExemptionCode" text,
    "Vat_Mention" text,
    "Vat_RatePercent" numeric(18,6) NOT NULL,
    CONSTRAINT pk_invoice_deposit PRIMARY KEY (id),
    CONSTRAINT fk_invoice_deposit_invoice_invoice_id FOREIGN KEY (invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
);


CREATE TABLE invoice_line (
    id uuid NOT NULL,
    "order" integer NOT NULL,
    description text NOT NULL,
    detail text,
    quantity numeric(18,6) NOT NULL,
    unit text NOT NULL,
    unit_price numeric(18,6) NOT NULL,
    discount bigint NOT NULL,
    supply text NOT NULL,
    net bigint NOT NULL,
    invoice_id uuid NOT NULL,
    "Vat_Category" text NOT NULL,
    "Vat_ExemptionCode" text,
    "Vat_Mention" text,
    "Vat_RatePercent" numeric(18,6) NOT NULL,
    CONSTRAINT pk_invoice_line PRIMARY KEY (id),
    CONSTRAINT fk_invoice_line_invoice_invoice_id FOREIGN KEY (invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
);


CREATE TABLE invoice_mention (
    id uuid NOT NULL,
    "order" integer NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    invoice_id uuid NOT NULL,
    CONSTRAINT pk_invoice_mention PRIMARY KEY (id),
    CONSTRAINT fk_invoice_mention_invoice_invoice_id FOREIGN KEY (invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
);


CREATE TABLE invoice_vat (
    id uuid NOT NULL,
    "order" integer NOT NULL,
    supply text NOT NULL,
    basis bigint NOT NULL,
    tax bigint NOT NULL,
    invoice_id uuid NOT NULL,
    "Vat_Category" text NOT NULL,
    "Vat_ExemptionCode" text,
    "Vat_Mention" text,
    "Vat_RatePercent" numeric(18,6) NOT NULL,
    CONSTRAINT pk_invoice_vat PRIMARY KEY (id),
    CONSTRAINT fk_invoice_vat_invoice_invoice_id FOREIGN KEY (invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
);


CREATE TABLE journal_line (
    id uuid NOT NULL,
    "order" integer NOT NULL,
    account text NOT NULL,
    account_label text NOT NULL,
    auxiliary_id uuid,
    auxiliary_code text,
    auxiliary_name text,
    label text NOT NULL,
    debit bigint NOT NULL,
    credit bigint NOT NULL,
    vat_rate numeric(18,6),
    lettering text,
    lettered_on date,
    entry_id uuid NOT NULL,
    "Axes_CircleId" uuid,
    "Axes_FunderId" uuid,
    "Axes_PlaceId" uuid,
    "Axes_ProjectId" uuid,
    CONSTRAINT pk_journal_line PRIMARY KEY (id),
    CONSTRAINT ck_journal_line_side CHECK (debit >= 0 AND credit >= 0 AND (debit = 0 OR credit = 0)),
    CONSTRAINT fk_journal_line_journal_entry_entry_id FOREIGN KEY (entry_id) REFERENCES journal_entry (id) ON DELETE CASCADE
);


CREATE TABLE material_price (
    id uuid NOT NULL,
    material text NOT NULL,
    valid_from date NOT NULL,
    unit_price bigint NOT NULL,
    CONSTRAINT pk_material_price PRIMARY KEY (id),
    CONSTRAINT fk_material_price_material_material FOREIGN KEY (material) REFERENCES material (code) ON DELETE CASCADE
);


CREATE TABLE fee (
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    beneficiary_id uuid NOT NULL,
    vat_rate numeric(18,6) NOT NULL,
    valid_from date NOT NULL,
    is_active boolean NOT NULL,
    percent numeric(18,6) NOT NULL,
    amount bigint NOT NULL,
    additional bigint NOT NULL,
    steps text NOT NULL,
    scope text NOT NULL,
    circle_id uuid,
    sale text NOT NULL,
    CONSTRAINT pk_fee PRIMARY KEY (id),
    CONSTRAINT fk_fee_circle_circle_id FOREIGN KEY (circle_id) REFERENCES circle (id),
    CONSTRAINT fk_fee_organisation_beneficiary_id FOREIGN KEY (beneficiary_id) REFERENCES organisation (id) ON DELETE CASCADE
);


CREATE TABLE person (
    id uuid NOT NULL,
    email text NOT NULL,
    display_name text NOT NULL,
    language text NOT NULL,
    organisation_id uuid,
    is_fictitious boolean NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT fk_person_organisation_organisation_id FOREIGN KEY (organisation_id) REFERENCES organisation (id)
);


CREATE TABLE place (
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    status text NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    precision text NOT NULL,
    kind text NOT NULL,
    labels text NOT NULL,
    circle_id uuid,
    organisation_id uuid,
    hours text,
    website text,
    source text NOT NULL,
    is_fictitious boolean NOT NULL,
    description text,
    "Address_City" text NOT NULL,
    "Address_Country" text NOT NULL,
    "Address_Insee" text NOT NULL,
    "Address_PostalCode" text NOT NULL,
    "Address_Street" text NOT NULL,
    CONSTRAINT pk_place PRIMARY KEY (id),
    CONSTRAINT fk_place_circle_circle_id FOREIGN KEY (circle_id) REFERENCES circle (id),
    CONSTRAINT fk_place_organisation_organisation_id FOREIGN KEY (organisation_id) REFERENCES organisation (id)
);


CREATE TABLE refund (
    id uuid NOT NULL,
    version integer NOT NULL,
    payment_id uuid NOT NULL,
    charge_id text NOT NULL,
    amount bigint NOT NULL,
    motive text NOT NULL,
    state text NOT NULL,
    idempotency_key text NOT NULL,
    attempt integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    attempt_started_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    stripe_id text,
    problem text,
    CONSTRAINT pk_refund PRIMARY KEY (id),
    CONSTRAINT fk_refund_payment_payment_id FOREIGN KEY (payment_id) REFERENCES payment (id) ON DELETE CASCADE
);


CREATE TABLE payout_line (
    id uuid NOT NULL,
    payout_id uuid NOT NULL,
    balance_transaction_id text NOT NULL,
    type text NOT NULL,
    amount bigint NOT NULL,
    fee bigint NOT NULL,
    net bigint NOT NULL,
    source_id text,
    description text,
    created_at timestamp with time zone NOT NULL,
    linked_subject text,
    linked_id uuid,
    CONSTRAINT pk_payout_line PRIMARY KEY (id),
    CONSTRAINT fk_payout_line_payout_payout_id FOREIGN KEY (payout_id) REFERENCES payout (id) ON DELETE CASCADE
);


CREATE TABLE "order" (
    id uuid NOT NULL,
    number text NOT NULL,
    quote_id uuid NOT NULL,
    plan_kind text NOT NULL,
    plan text NOT NULL,
    person_id uuid NOT NULL,
    organisation_id uuid,
    lines text NOT NULL,
    state text NOT NULL,
    promise_date date NOT NULL,
    excl_tax bigint NOT NULL,
    tax bigint NOT NULL,
    incl_tax bigint NOT NULL,
    deposit bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    held_until timestamp with time zone,
    due_at timestamp with time zone,
    delivered_at timestamp with time zone,
    received_by text,
    received_on date,
    receipt_reserve text,
    cancel_reason text,
    version integer NOT NULL,
    "DeliverTo_City" text NOT NULL,
    "DeliverTo_Country" text NOT NULL,
    "DeliverTo_Insee" text NOT NULL,
    "DeliverTo_PostalCode" text NOT NULL,
    "DeliverTo_Street" text NOT NULL,
    CONSTRAINT pk_order PRIMARY KEY (id),
    CONSTRAINT fk_order_quote_quote_id FOREIGN KEY (quote_id) REFERENCES quote (id) ON DELETE CASCADE
);


CREATE TABLE transfer_reversal (
    id uuid NOT NULL,
    version integer NOT NULL,
    transfer_id uuid NOT NULL,
    transfer_stripe_id text NOT NULL,
    amount bigint NOT NULL,
    state text NOT NULL,
    idempotency_key text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    stripe_id text,
    problem text,
    CONSTRAINT pk_transfer_reversal PRIMARY KEY (id),
    CONSTRAINT fk_transfer_reversal_workshop_transfer_transfer_id FOREIGN KEY (transfer_id) REFERENCES workshop_transfer (id) ON DELETE CASCADE
);


CREATE TABLE bank_match (
    id uuid NOT NULL,
    version integer NOT NULL,
    bank_line_id uuid NOT NULL,
    candidate_kind text NOT NULL,
    candidate_id uuid NOT NULL,
    candidate_reference text NOT NULL,
    amount bigint NOT NULL,
    automatic boolean NOT NULL,
    reason_french text NOT NULL,
    reason_english text NOT NULL,
    made_by uuid,
    made_at timestamp with time zone NOT NULL,
    undone_by uuid,
    undone_at timestamp with time zone,
    CONSTRAINT pk_bank_match PRIMARY KEY (id),
    CONSTRAINT fk_bank_match_bank_line_bank_line_id FOREIGN KEY (bank_line_id) REFERENCES bank_line (id) ON DELETE CASCADE
);


CREATE TABLE api_token (
    id uuid NOT NULL,
    hash text NOT NULL,
    person_id uuid NOT NULL,
    scopes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT pk_api_token PRIMARY KEY (id),
    CONSTRAINT fk_api_token_person_person_id FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
);


CREATE TABLE role_grant (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    scope text NOT NULL,
    scope_id uuid,
    CONSTRAINT pk_role_grant PRIMARY KEY (id),
    CONSTRAINT fk_role_grant_person_person_id FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
);


CREATE TABLE credential (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    granted_by_place_id uuid NOT NULL,
    "from" date NOT NULL,
    until date NOT NULL,
    CONSTRAINT pk_credential PRIMARY KEY (id),
    CONSTRAINT fk_credential_person_person_id FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_credential_place_granted_by_place_id FOREIGN KEY (granted_by_place_id) REFERENCES place (id) ON DELETE CASCADE
);


CREATE TABLE membership (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    place_id uuid NOT NULL,
    "from" date NOT NULL,
    until date NOT NULL,
    CONSTRAINT pk_membership PRIMARY KEY (id),
    CONSTRAINT fk_membership_person_person_id FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_membership_place_place_id FOREIGN KEY (place_id) REFERENCES place (id) ON DELETE CASCADE
);


CREATE TABLE offer (
    id uuid NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    seller_mode text NOT NULL,
    seller_organisation_id uuid NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    vat_rate numeric(18,6) NOT NULL,
    state text NOT NULL,
    return_reason text,
    circle_id uuid,
    filiere text,
    workshop_id uuid,
    place_id uuid,
    resource_id uuid,
    mark text NOT NULL,
    unit text NOT NULL,
    unit_weight_kg numeric(18,6) NOT NULL,
    min_quantity numeric(18,6) NOT NULL,
    max_quantity numeric(18,6) NOT NULL,
    origin text,
    lead_days integer,
    design_licence text,
    made_to_specification boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    prices text NOT NULL,
    routing text NOT NULL,
    CONSTRAINT pk_offer PRIMARY KEY (id),
    CONSTRAINT fk_offer_circle_circle_id FOREIGN KEY (circle_id) REFERENCES circle (id),
    CONSTRAINT fk_offer_organisation_seller_organisation_id FOREIGN KEY (seller_organisation_id) REFERENCES organisation (id) ON DELETE CASCADE,
    CONSTRAINT fk_offer_place_place_id FOREIGN KEY (place_id) REFERENCES place (id)
);


CREATE TABLE workshop (
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    place_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    hours text NOT NULL,
    people_minutes_per_day integer NOT NULL,
    labour_rate bigint NOT NULL,
    notice_hours integer NOT NULL,
    minimum_order bigint NOT NULL,
    answer_hours integer NOT NULL,
    description text,
    speciality text,
    material_margin_percent numeric(18,6) NOT NULL,
    accepts_automatically boolean NOT NULL,
    CONSTRAINT pk_workshop PRIMARY KEY (id),
    CONSTRAINT fk_workshop_organisation_organisation_id FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE CASCADE,
    CONSTRAINT fk_workshop_place_place_id FOREIGN KEY (place_id) REFERENCES place (id) ON DELETE CASCADE
);


CREATE TABLE resource (
    id uuid NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    english_name text,
    place_id uuid NOT NULL,
    workshop_id uuid,
    make text NOT NULL,
    model text NOT NULL,
    type text NOT NULL,
    mark text NOT NULL,
    width_mm integer,
    depth_mm integer,
    materials text NOT NULL,
    height_mm integer,
    parent_id uuid,
    buffer_minutes integer NOT NULL,
    power_kw numeric(18,6) NOT NULL,
    production_rate bigint NOT NULL,
    seats integer NOT NULL,
    is_pooled boolean NOT NULL,
    tariff text,
    credential text,
    min_minutes integer NOT NULL,
    max_minutes integer NOT NULL,
    hours text,
    member_hours_per_week integer NOT NULL,
    capabilities text NOT NULL,
    CONSTRAINT pk_resource PRIMARY KEY (id),
    CONSTRAINT fk_resource_place_place_id FOREIGN KEY (place_id) REFERENCES place (id) ON DELETE CASCADE,
    CONSTRAINT fk_resource_resource_parent_id FOREIGN KEY (parent_id) REFERENCES resource (id),
    CONSTRAINT fk_resource_workshop_workshop_id FOREIGN KEY (workshop_id) REFERENCES workshop (id)
);


CREATE TABLE work_order (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    number text NOT NULL,
    workshop_id uuid NOT NULL,
    workshop_organisation_id uuid NOT NULL,
    operations text NOT NULL,
    quantity numeric(18,6) NOT NULL,
    share bigint NOT NULL,
    start timestamp with time zone NOT NULL,
    "end" timestamp with time zone NOT NULL,
    state text NOT NULL,
    answer_by timestamp with time zone,
    quantity_done numeric(18,6) NOT NULL,
    quantity_rejected numeric(18,6) NOT NULL,
    quality_note text,
    decline_reason text,
    done_at timestamp with time zone,
    replaced_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT pk_work_order PRIMARY KEY (id),
    CONSTRAINT fk_work_order_order_order_id FOREIGN KEY (order_id) REFERENCES "order" (id) ON DELETE CASCADE,
    CONSTRAINT fk_work_order_workshop_workshop_id FOREIGN KEY (workshop_id) REFERENCES workshop (id) ON DELETE CASCADE
);


CREATE TABLE workshop_day (
    workshop_id uuid NOT NULL,
    day date NOT NULL,
    capacity_minutes integer NOT NULL,
    promised_minutes integer NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_workshop_day PRIMARY KEY (workshop_id, day),
    CONSTRAINT ck_workshop_day_capacity CHECK (promised_minutes >= 0 AND promised_minutes <= capacity_minutes),
    CONSTRAINT fk_workshop_day_workshop_workshop_id FOREIGN KEY (workshop_id) REFERENCES workshop (id) ON DELETE CASCADE
);


CREATE TABLE booking (
    id uuid NOT NULL,
    reference text NOT NULL,
    resource_id uuid NOT NULL,
    place_id uuid NOT NULL,
    seat integer NOT NULL,
    seats integer NOT NULL,
    start timestamp with time zone NOT NULL,
    "end" timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    state text NOT NULL,
    settlement text NOT NULL,
    price text NOT NULL,
    vat_rate numeric(18,6) NOT NULL,
    excl_tax bigint NOT NULL,
    tax bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    held_until timestamp with time zone,
    checked_in_at timestamp with time zone,
    checked_out_at timestamp with time zone,
    invoice_id uuid,
    version integer NOT NULL,
    CONSTRAINT pk_booking PRIMARY KEY (id),
    CONSTRAINT fk_booking_resource_resource_id FOREIGN KEY (resource_id) REFERENCES resource (id) ON DELETE CASCADE
);


CREATE TABLE occupation (
    id uuid NOT NULL,
    resource_id uuid NOT NULL,
    seat integer NOT NULL,
    start timestamp with time zone NOT NULL,
    "end" timestamp with time zone NOT NULL,
    kind text NOT NULL,
    owner_id uuid NOT NULL,
    deadline timestamp with time zone,
    CONSTRAINT pk_occupation PRIMARY KEY (id),
    CONSTRAINT ck_occupation_forward CHECK (start < "end"),
    CONSTRAINT fk_occupation_resource_resource_id FOREIGN KEY (resource_id) REFERENCES resource (id) ON DELETE CASCADE
);


CREATE TABLE session_series (
    id uuid NOT NULL,
    offer_id uuid NOT NULL,
    resource_id uuid NOT NULL,
    trainer_id uuid NOT NULL,
    weekday text NOT NULL,
    start time without time zone NOT NULL,
    minutes integer NOT NULL,
    every_weeks integer NOT NULL,
    threshold integer NOT NULL,
    deadline_days integer NOT NULL,
    credential text,
    CONSTRAINT pk_session_series PRIMARY KEY (id),
    CONSTRAINT fk_session_series_offer_offer_id FOREIGN KEY (offer_id) REFERENCES offer (id) ON DELETE CASCADE,
    CONSTRAINT fk_session_series_person_trainer_id FOREIGN KEY (trainer_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_session_series_resource_resource_id FOREIGN KEY (resource_id) REFERENCES resource (id) ON DELETE CASCADE
);


CREATE UNIQUE INDEX ix_account_code ON account (code);


CREATE UNIQUE INDEX ix_api_token_hash ON api_token (hash);


CREATE INDEX ix_api_token_person_id ON api_token (person_id);


CREATE INDEX ix_asp_net_user_claims_user_id ON asp_net_user_claims (user_id);


CREATE INDEX ix_asp_net_user_logins_user_id ON asp_net_user_logins (user_id);


CREATE INDEX email_index ON asp_net_users (normalized_email);


CREATE UNIQUE INDEX user_name_index ON asp_net_users (normalized_user_name);


CREATE INDEX ix_audit_subject_subject_id ON audit (subject, subject_id);


CREATE UNIQUE INDEX ix_bank_line_account_iban_content_hash ON bank_line (account_iban, content_hash);


CREATE INDEX ix_bank_line_entity_id_state ON bank_line (entity_id, state);


CREATE INDEX ix_bank_line_statement_id ON bank_line (statement_id);


CREATE UNIQUE INDEX ix_bank_match_bank_line_id ON bank_match (bank_line_id) WHERE undone_at IS NULL;


CREATE UNIQUE INDEX ix_bank_match_candidate_kind_candidate_id ON bank_match (candidate_kind, candidate_id) WHERE undone_at IS NULL;


CREATE INDEX ix_bank_statement_entity_id_account_iban_closing_date ON bank_statement (entity_id, account_iban, closing_date);


CREATE INDEX ix_booking_held_until ON booking (held_until);


CREATE INDEX ix_booking_person_id_start ON booking (person_id, start);


CREATE UNIQUE INDEX ix_booking_reference ON booking (reference);


CREATE INDEX ix_booking_resource_id_start ON booking (resource_id, start);


CREATE UNIQUE INDEX ix_circle_code ON circle (code);


CREATE INDEX ix_closure_place_id ON closure (place_id);


CREATE UNIQUE INDEX ix_connected_account_organisation_id ON connected_account (organisation_id);


CREATE UNIQUE INDEX ix_connected_account_stripe_id ON connected_account (stripe_id);


CREATE INDEX ix_credential_granted_by_place_id ON credential (granted_by_place_id);


CREATE INDEX ix_credential_person_id_kind ON credential (person_id, kind);


CREATE UNIQUE INDEX ix_delivery_note_number ON delivery_note (number);


CREATE INDEX ix_delivery_note_order_id ON delivery_note (order_id);


CREATE UNIQUE INDEX ix_emission_factor_code ON emission_factor (code);


CREATE INDEX ix_fee_beneficiary_id ON fee (beneficiary_id);


CREATE INDEX ix_fee_circle_id ON fee (circle_id);


CREATE UNIQUE INDEX ix_fee_code_valid_from ON fee (code, valid_from);


CREATE INDEX ix_idempotent_request_created_at ON idempotent_request (created_at);


CREATE UNIQUE INDEX ix_inbox_source_event_id ON inbox (source, event_id);


CREATE INDEX ix_invoice_buyer_id ON invoice (buyer_id);


CREATE INDEX ix_invoice_number ON invoice (number);


CREATE UNIQUE INDEX ix_invoice_operation_key ON invoice (operation_key);


CREATE INDEX ix_invoice_order_id ON invoice (order_id);


CREATE UNIQUE INDEX ix_invoice_seller_id_series_year_sequence ON invoice (seller_id, series, year, sequence);


CREATE INDEX ix_invoice_deposit_invoice_id ON invoice_deposit (invoice_id);


CREATE INDEX ix_invoice_line_invoice_id ON invoice_line (invoice_id);


CREATE INDEX ix_invoice_mention_invoice_id ON invoice_mention (invoice_id);


CREATE INDEX ix_invoice_vat_invoice_id ON invoice_vat (invoice_id);


CREATE INDEX ix_journal_entry_document_id ON journal_entry (document_id);


CREATE UNIQUE INDEX ix_journal_entry_entity_id_journal_year_number ON journal_entry (entity_id, journal, year, number);


CREATE UNIQUE INDEX ix_journal_entry_operation_key ON journal_entry (operation_key);


CREATE INDEX ix_journal_line_account ON journal_line (account);


CREATE INDEX ix_journal_line_entry_id ON journal_line (entry_id);


CREATE UNIQUE INDEX ix_journal_sequence_entity_id_journal_year ON journal_sequence (entity_id, journal, year);


CREATE UNIQUE INDEX ix_material_price_material_valid_from ON material_price (material, valid_from);


CREATE INDEX ix_membership_person_id_place_id ON membership (person_id, place_id);


CREATE INDEX ix_membership_place_id ON membership (place_id);


CREATE UNIQUE INDEX ix_number_series_seller_id_prefix_year ON number_series (seller_id, prefix, year);


CREATE INDEX ix_occupation_owner_id ON occupation (owner_id);


CREATE INDEX ix_occupation_resource_id_seat_start ON occupation (resource_id, seat, start);


CREATE INDEX ix_offer_circle_id ON offer (circle_id);


CREATE UNIQUE INDEX ix_offer_code ON offer (code);


CREATE INDEX ix_offer_place_id ON offer (place_id);


CREATE INDEX ix_offer_seller_organisation_id ON offer (seller_organisation_id);


CREATE INDEX ix_offer_state ON offer (state);


CREATE INDEX ix_order_due_at ON "order" (due_at);


CREATE UNIQUE INDEX ix_order_number ON "order" (number);


CREATE INDEX ix_order_person_id ON "order" (person_id);


CREATE INDEX ix_order_quote_id ON "order" (quote_id);


CREATE INDEX ix_order_event_order_id_at ON order_event (order_id, at);


CREATE UNIQUE INDEX ix_organisation_code ON organisation (code);


CREATE UNIQUE INDEX ix_outbox_kind_key ON outbox (kind, key);


CREATE INDEX ix_outbox_open ON outbox (due_at) WHERE done_at IS NULL AND dead_at IS NULL;


CREATE UNIQUE INDEX ix_payment_charge_id ON payment (charge_id);


CREATE UNIQUE INDEX ix_payment_checkout_session_id ON payment (checkout_session_id);


CREATE UNIQUE INDEX ix_payment_idempotency_key ON payment (idempotency_key);


CREATE INDEX ix_payment_subject_subject_id ON payment (subject, subject_id);


CREATE UNIQUE INDEX ix_payout_stripe_id ON payout (stripe_id);


CREATE UNIQUE INDEX ix_payout_line_balance_transaction_id ON payout_line (balance_transaction_id);


CREATE INDEX ix_payout_line_payout_id ON payout_line (payout_id);


CREATE INDEX ix_people_hold_owner_id ON people_hold (owner_id);


CREATE INDEX ix_people_hold_workshop_id_day ON people_hold (workshop_id, day);


CREATE UNIQUE INDEX ix_person_email ON person (email);


CREATE INDEX ix_person_organisation_id ON person (organisation_id);


CREATE INDEX ix_place_circle_id ON place (circle_id);


CREATE UNIQUE INDEX ix_place_code ON place (code);


CREATE INDEX ix_place_organisation_id ON place (organisation_id);


CREATE UNIQUE INDEX ix_posting_rule_event_order ON posting_rule (event, "order");


CREATE UNIQUE INDEX ix_quote_number ON quote (number);


CREATE UNIQUE INDEX ix_refund_idempotency_key ON refund (idempotency_key);


CREATE INDEX ix_refund_payment_id ON refund (payment_id);


CREATE UNIQUE INDEX ix_refund_stripe_id ON refund (stripe_id);


CREATE UNIQUE INDEX ix_resource_code ON resource (code);


CREATE INDEX ix_resource_parent_id ON resource (parent_id);


CREATE INDEX ix_resource_place_id ON resource (place_id);


CREATE INDEX ix_resource_workshop_id ON resource (workshop_id);


CREATE INDEX ix_role_grant_person_id ON role_grant (person_id);


CREATE INDEX ix_session_series_offer_id ON session_series (offer_id);


CREATE INDEX ix_session_series_resource_id ON session_series (resource_id);


CREATE INDEX ix_session_series_trainer_id ON session_series (trainer_id);


CREATE UNIQUE INDEX ix_transfer_reversal_idempotency_key ON transfer_reversal (idempotency_key);


CREATE INDEX ix_transfer_reversal_transfer_id ON transfer_reversal (transfer_id);


CREATE UNIQUE INDEX ix_transport_band_valid_from_up_to_kg ON transport_band (valid_from, up_to_kg);


CREATE INDEX ix_work_order_answer_by ON work_order (answer_by);


CREATE UNIQUE INDEX ix_work_order_number ON work_order (number);


CREATE INDEX ix_work_order_order_id ON work_order (order_id);


CREATE INDEX ix_work_order_workshop_id_state ON work_order (workshop_id, state);


CREATE UNIQUE INDEX ix_workshop_code ON workshop (code);


CREATE INDEX ix_workshop_organisation_id ON workshop (organisation_id);


CREATE INDEX ix_workshop_place_id ON workshop (place_id);


CREATE UNIQUE INDEX ix_workshop_transfer_idempotency_key ON workshop_transfer (idempotency_key);


CREATE INDEX ix_workshop_transfer_invoice_id ON workshop_transfer (invoice_id);


CREATE INDEX ix_workshop_transfer_order_id ON workshop_transfer (order_id);


CREATE UNIQUE INDEX ix_workshop_transfer_stripe_id ON workshop_transfer (stripe_id);


