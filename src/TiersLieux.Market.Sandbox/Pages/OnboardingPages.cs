using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Network;
using TiersLieux.Market.Sandbox.Payments;

namespace TiersLieux.Market.Sandbox.Pages;

/// <summary>Where a workshop gives what Stripe asks for. A link opens once; an old one leads to the caller's refresh address.</summary>
internal static class OnboardingPages
{
    private const int TimeToFill = 3600;

    public static void Map(WebApplication app, SandboxDatabase database)
    {
        app.MapGet("/onboarding/{token}", (HttpContext http, string token) => ShowAsync(http, database, token));
        app.MapPost("/onboarding/{token}", (HttpContext http, string token) => FinishAsync(http, database, token));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, SandboxDatabase database, string token) =>
        await database.CommitAsync<IResult>(SandboxPages.BaseUrl(http), work =>
        {
            var l = Language.Of(http.Request);
            if (Find(work, token) is not { } link)
                return Unknown(l);
            if (link.Flag("_opened") || link.Number("_until") < work.Clock.WallSeconds)
                return Results.Redirect(link.Text("_refresh")!);
            link["_opened"] = true;
            work.Save(link);
            var account = work.Find(link.Text("_for"))!;
            var typed = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = account.Group("business_profile")?.Text("name") ?? "" };
            return SandboxPages.Show<OnboardingPage>(l, new OnboardingView(http.Request.Path, account.Id(), typed, new Dictionary<string, string>(StringComparer.Ordinal)));
        });

    private static async Task<IResult> FinishAsync(HttpContext http, SandboxDatabase database, string token)
    {
        var l = Language.Of(http.Request);
        if (ControlApi.IsForeign(http.Request))
            return SandboxPages.Foreign(l);
        var typed = await SandboxPages.FormAsync(http);
        return await database.CommitAsync<IResult>(SandboxPages.BaseUrl(http), work =>
        {
            if (Find(work, token) is not { } link)
                return Unknown(l);
            if (!link.Flag("_opened") || link.Flag("_done") || link.Number("_until") + TimeToFill < work.Clock.WallSeconds)
                return Results.Redirect(link.Text("_refresh")!);
            var decision = typed.GetValueOrDefault("decision", "active");
            if (decision != "later")
            {
                var errors = Check(l, typed);
                if (errors.Count > 0)
                    return SandboxPages.Show<OnboardingPage>(l, new OnboardingView(http.Request.Path, link.Text("_for")!, typed, errors), 422);
                Fill(work, work.Find(link.Text("_for"))!, typed, decision == "pending" ? "pending" : "active");
            }
            link["_done"] = true;
            work.Save(link);
            http.Response.Headers.Location = link.Text("_return");
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        });
    }

    private static void Fill(Work work, JsonObject account, Dictionary<string, string> typed, string status)
    {
        var profile = account.Group("business_profile") is { } known ? (JsonObject)known.DeepClone() : [];
        profile["name"] = typed["name"];
        account["business_profile"] = profile;
        account["company"] = Doc.Object(("name", typed["name"]), ("tax_id_provided", true));
        account["tos_acceptance"] = Doc.Object(("date", work.Now));
        Accounts.SetBankAccount(account, TestIbans.Normalise(typed["iban"]), typed["name"]);
        Accounts.SetTransfers(work, account, status);
    }

    private static Dictionary<string, string> Check(Language l, Dictionary<string, string> typed)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (typed.GetValueOrDefault("name", "").Length == 0)
            errors["name"] = l["Indiquez la raison sociale.", "Give the legal name."];
        var siren = typed.GetValueOrDefault("siren", "").Replace(" ", "", StringComparison.Ordinal);
        if (siren.Length != 9 || !siren.All(char.IsAsciiDigit))
            errors["siren"] = l["Un SIREN a neuf chiffres.", "A SIREN has nine digits."];
        if (!TestIbans.IsValid(TestIbans.Normalise(typed.GetValueOrDefault("iban", ""))))
            errors["iban"] = l["Cet IBAN n'est pas valide. Vérifiez chaque caractère.", "This IBAN is not valid. Check every character."];
        return errors;
    }

    private static JsonObject? Find(Work work, string token) =>
        work.Find(token) is { } o && o.Text("object") == "account_link" ? o : null;

    private static IResult Unknown(Language l) => SandboxPages.Message(
        l, 404, l["Lien introuvable", "Link not found"], l["Demandez un nouveau lien au site.", "Ask the site for a new link."]);
}
