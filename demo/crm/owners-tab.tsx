import type { ContactRecord, PropertyRecord } from "../data/records.ts";

export function OwnersTab({ property }: { property: PropertyRecord }) {
  return (
    <>
      <p class="of-record">
        Owner of record: <strong>{property.OwnerName}</strong>
      </p>
      {property.contacts.map((contact) => (
        <Owner key={contact.ContactKey} contact={contact} />
      ))}
    </>
  );
}

function Owner({ contact }: { contact: ContactRecord }) {
  return (
    <article class="card">
      <h3>
        {contact.FullName} <span class="kind">{contact.kind}</span>
      </h3>
      <dl class="facts">
        <div>
          <dt>Email</dt>
          <dd>{contact.Email ?? <em>Not known</em>}</dd>
        </div>
        <div>
          <dt>Phone</dt>
          <dd>{contact.MobilePhone ?? <em>Not known</em>}</dd>
        </div>
        <div class="wide">
          <dt>Mailing address</dt>
          <dd>{contact.MailingAddress}</dd>
        </div>
        <div>
          <dt>Time zone</dt>
          <dd>{contact.TimeZone.replace("_", " ")}</dd>
        </div>
      </dl>
    </article>
  );
}
