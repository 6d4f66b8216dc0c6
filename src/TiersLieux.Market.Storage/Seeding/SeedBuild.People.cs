using Microsoft.AspNetCore.Identity;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Storage.Seeding;

internal sealed partial class SeedBuild
{
    /// <summary>People who get an account, for the password that the caller sets.</summary>
    public List<IdentityUser<Guid>> NewUsers { get; } = [];

    private void People()
    {
        Each("people.csv", row => row.Text("email"), (row, id, insert) =>
        {
            if (row["email"].Length > 254 || row["email"].Count(c => c == '@') != 1 || row["email"] != row["email"].ToLowerInvariant())
                row.Refuse("email", "seed-email", $"« {row["email"]} » : écrivez une adresse en minuscules, nom@domaine.", $"\"{row["email"]}\": write an address in lower case, name@domain.");
            insert(new Person(id, row["email"], row.Text("display_name"), row.Choice("language", ("fr", "fr"), ("en", "en")), OptionalId(row, "organisation", "organisations.csv"))
            {
                IsFictitious = IsDemo(row["email"]),
            });
            SignIn(row, id);
        });

        EachOf("people_roles.csv", "people.csv", row => row["person"], row => $"{row["person"]}/{row["role"]}/{row["scope_kind"]}/{row["scope_code"]}", (row, id, insert) =>
        {
            var (scope, table) = row.Choice("scope_kind",
                ("organisation", (RoleScope.Organisation, "organisations.csv")), ("place", (RoleScope.Place, "places.csv")), ("circle", (RoleScope.Circle, "circles.csv")),
                ("consortium", (RoleScope.Consortium, "")));
            insert(new RoleGrant(id, Id(row, "person", "people.csv"),
                row.Choice("role", ("buyer", Role.Buyer), ("artisan", Role.Artisan), ("place-manager", Role.PlaceManager), ("animator", Role.Animator),
                    ("treasurer", Role.Treasurer), ("administrator", Role.Administrator)),
                scope, table.Length == 0 ? null : Id(row, "scope_code", table)));
        });
        EachOf("memberships.csv", "people.csv", row => row["person"], row => $"{row["person"]}/{row["place"]}/{row["starts_on"]}", (row, id, insert) =>
            insert(new Membership(id, Id(row, "person", "people.csv"), ActivePlace(row, "place"), row.Date("starts_on"), Until(row, "starts_on"))));
        EachOf("credentials.csv", "people.csv", row => row["person"], row => $"{row["person"]}/{row["credential"]}/{row["granted_on"]}", (row, id, insert) =>
            insert(new Credential(id, Id(row, "person", "people.csv"), Reference(row, "credential", "credential_kinds.csv") ?? row.Text("credential"),
                ActivePlace(row, "granted_by_place"), row.Date("granted_on"), Until(row, "granted_on"))));
        Each("sessions.csv", row => row.Text("offer"), Session);
    }

    private void SignIn(SeedRow row, Guid id)
    {
        if (!row.YesNo("demo_sign_in")) return;
        if (!IsDemo(row["email"]))
        {
            row.Refuse("demo_sign_in", "seed-sign-in", "Seule une adresse @demo.invalid ouvre un accès de démonstration : son mot de passe est public.",
                "Only an address @demo.invalid gets a demo sign-in: its password is public.");
            return;
        }

        var name = row["email"].ToUpperInvariant();
        if (!_new.Contains(("people.csv", row["email"])) || known["users"].ContainsKey(name)) return;
        NewUsers.Add(new IdentityUser<Guid>
        {
            Id = id,
            UserName = row["email"],
            NormalizedUserName = name,
            Email = row["email"],
            NormalizedEmail = name,
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        });
    }

    private static DateOnly Until(SeedRow row, string from)
    {
        var until = row.Date("ends_on");
        if (until < row.Date(from))
            row.Refuse("ends_on", "seed-dates", "La fin vient avant le début : corrigez l'une des deux dates.", "The end comes before the start: mend one of the two dates.");
        return until;
    }
}
