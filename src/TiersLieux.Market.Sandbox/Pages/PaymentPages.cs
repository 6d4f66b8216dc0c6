using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Payments;

namespace TiersLieux.Market.Sandbox.Pages;

/// <summary>The hosted payment page and the 3-D Secure page.</summary>
internal static class PaymentPages
{
    private static readonly Dictionary<string, string> s_nothing = new(StringComparer.Ordinal);

    public static void Map(WebApplication app, SandboxDatabase database)
    {
        app.MapGet("/c/pay/{id}", (HttpContext http, string id) => ShowAsync(http, database, id));
        app.MapPost("/c/pay/{id}", (HttpContext http, string id) => PayAsync(http, database, id));
        app.MapGet("/receipts/{id}", (HttpContext http, string id) => ShowReceiptAsync(http, database, id));
        app.MapGet("/3ds/{intent}/{challenge}", (HttpContext http, string intent, string challenge) => ShowChallengeAsync(http, database, intent, challenge));
        app.MapPost("/3ds/{intent}/{challenge}", (HttpContext http, string intent, string challenge) => AnswerChallengeAsync(http, database, intent, challenge));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, SandboxDatabase database, string id) =>
        await database.CommitAsync(SandboxPages.BaseUrl(http), work =>
        {
            var session = Find(work, id);
            var l = Language.Of(http.Request, session?.Text("locale"));
            if (NotOpen(session, l) is { } elsewhere)
                return elsewhere;
            var errors = new Dictionary<string, string>(StringComparer.Ordinal);
            if (http.Request.Query.ContainsKey("refused") && work.Find(session!.Text("payment_intent"))?.Group("last_payment_error") is { } error)
                errors["summary"] = Explain(l, error.Text("code"), error.Text("decline_code"));
            return SandboxPages.Show<PaymentPage>(l, View(session!, http.Request.Query["means"], s_nothing, errors));
        });

    private static async Task<IResult> PayAsync(HttpContext http, SandboxDatabase database, string id)
    {
        if (ControlApi.IsForeign(http.Request))
            return SandboxPages.Foreign(Language.Of(http.Request));
        var typed = await SandboxPages.FormAsync(http);
        return await database.CommitAsync(SandboxPages.BaseUrl(http), work =>
        {
            var session = Find(work, id);
            var l = Language.Of(http.Request, session?.Text("locale"));
            if (NotOpen(session, l) is { } elsewhere)
                return elsewhere;
            var errors = new Dictionary<string, string>(StringComparer.Ordinal);
            var means = typed.GetValueOrDefault("means", "card");
            var method = PaymentForm.Read(l, typed, means, DateTimeOffset.FromUnixTimeSeconds(work.Now), errors);
            if (method is not null && CheckoutSessions.Pay(work, session!, method) is { } refused)
                errors[means == "card" ? "cardNumber" : "iban"] = Explain(l, refused.Code, refused.DeclineCode);
            if (errors.Count > 0)
                return SandboxPages.Show<PaymentPage>(l, View(session!, means, typed, errors), 422);

            session = Find(work, id)!;
            if (session.Text("status") == "complete")
                return Results.Redirect(CheckoutSessions.SuccessUrl(session));
            var challenge = work.Find(session.Text("payment_intent"))?.Group("next_action")?.Group("redirect_to_url")?.Text("url");
            return SeeOther(http, challenge ?? $"/c/pay/{id}");
        });
    }

    private static async Task<IResult> ShowChallengeAsync(HttpContext http, SandboxDatabase database, string id, string challenge) =>
        await database.CommitAsync(SandboxPages.BaseUrl(http), work =>
        {
            var l = Language.Of(http.Request);
            var intent = Challenged(work, id, challenge);
            if (intent is null)
                return NoChallenge(l);
            if (intent.Text("status") != "requires_action")
                return Results.Redirect(After(work, http, intent, l) ?? "/");
            var method = work.Find(intent.Text("payment_method"))!;
            return SandboxPages.Show<ChallengePage>(
                l, new ChallengeView(http.Request.Path, intent.Number("amount"), method.Group("card")!.Text("last4")!));
        });

    private static async Task<IResult> AnswerChallengeAsync(HttpContext http, SandboxDatabase database, string id, string challenge)
    {
        var l = Language.Of(http.Request);
        if (ControlApi.IsForeign(http.Request))
            return SandboxPages.Foreign(l);
        var typed = await SandboxPages.FormAsync(http);
        return await database.CommitAsync<IResult>(SandboxPages.BaseUrl(http), work =>
        {
            var intent = Challenged(work, id, challenge);
            if (intent is null)
                return NoChallenge(l);
            if (intent.Text("status") == "requires_action")
            {
                PaymentAttempt.Authenticated(work, intent, typed.GetValueOrDefault("outcome") == "authorise");
                CheckoutSessions.AfterAuthentication(work, intent);
            }
            return After(work, http, intent, l) is { } address
                ? SeeOther(http, address)
                : SandboxPages.Message(l, 200, l["C'est fait", "Done"], l["Vous pouvez fermer cette page.", "You may close this page."]);
        });
    }

    private static async Task<IResult> ShowReceiptAsync(HttpContext http, SandboxDatabase database, string id) =>
        await database.CommitAsync(SandboxPages.BaseUrl(http), work =>
        {
            var l = Language.Of(http.Request);
            return work.Find(id) is { } charge && charge.Text("object") == "charge" && charge.Flag("paid")
                ? SandboxPages.Message(
                    l, 200, l["Reçu d'essai", "Test receipt"],
                    $"{l.Euros(charge.Number("amount"))}, {l.When(charge.Number("created"))}. {l["Remboursé :", "Refunded:"]} {l.Euros(charge.Number("amount_refunded"))}.")
                : SandboxPages.Message(
                    l, 404, l["Reçu introuvable", "Receipt not found"], l["Aucun paiement réussi ne porte ce numéro.", "No successful payment has this number."]);
        });

    /// <summary>Where the customer goes once the bank has answered.</summary>
    private static string? After(Work work, HttpContext http, JsonObject intent, Language l)
    {
        if (work.Find(intent.Text("_session")) is { } session)
        {
            return session.Text("status") switch
            {
                "complete" => CheckoutSessions.SuccessUrl(session),
                "open" => $"{SandboxPages.BaseUrl(http)}/c/pay/{session.Id()}?refused=1",
                _ => $"{SandboxPages.BaseUrl(http)}/c/pay/{session.Id()}",
            };
        }
        return intent.Text("_return_url") is { Length: > 0 } back
            ? QueryHelpers.AddQueryString(back, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["payment_intent"] = intent.Id(),
                ["payment_intent_client_secret"] = intent.Text("client_secret"),
                ["redirect_status"] = intent.Text("status") == "succeeded" ? "succeeded" : "failed",
            })
            : null;
    }

    /// <summary>After a form the browser must ask anew with GET.</summary>
    private static IResult SeeOther(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static JsonObject? Find(Work work, string id) =>
        work.Find(id) is { } o && o.Text("object") == "checkout.session" ? o : null;

    private static JsonObject? Challenged(Work work, string id, string challenge) =>
        work.Find(id) is { } o && o.Text("object") == "payment_intent" && o.Text("_challenge") == challenge ? o : null;

    private static IResult NoChallenge(Language l) => SandboxPages.Message(
        l, 404, l["Page introuvable", "Page not found"],
        l["Cette demande de la banque n'existe plus. Revenez au site et reprenez le paiement.", "This request of the bank no longer exists. Go back to the site and pay again."]);

    private static IResult? NotOpen(JsonObject? session, Language l) => session?.Text("status") switch
    {
        "open" => null,
        "complete" => Results.Redirect(CheckoutSessions.SuccessUrl(session)),
        "expired" => SandboxPages.Message(
            l, 410, l["Ce paiement a expiré", "This payment has expired"],
            l["Rien n'a été débité. Revenez au site pour reprendre votre commande.", "Nothing was charged. Go back to the site to take up your order again."],
            session.Text("cancel_url")),
        _ => SandboxPages.Message(
            l, 404, l["Paiement introuvable", "Payment not found"],
            l["L'adresse est incomplète, ou le bac à sable a été vidé.", "The address is incomplete, or the sandbox was emptied."]),
    };

    private static PaymentView View(
        JsonObject session, string? means, IReadOnlyDictionary<string, string> typed, IReadOnlyDictionary<string, string> errors)
    {
        var offered = ((JsonArray)session["payment_method_types"]!).Select(t => (string)t!).ToList();
        var lines = ((JsonArray)session["_lines"]!).OfType<JsonObject>()
            .Select(i => new PaymentLine(i.Text("description")!, i.Number("quantity"), i.Number("amount_total")));
        return new PaymentView(
            session.Id(), session.Number("amount_total"), [.. lines], means is not null && offered.Contains(means, StringComparer.Ordinal) ? means : offered[0],
            offered, session.Text("cancel_url"), typed, errors);
    }

    private static string Explain(Language l, string? code, string? decline) => (code, decline) switch
    {
        ("payment_intent_authentication_failure", _) => l[
            "Votre banque n'a pas confirmé le paiement. Réessayez, ou prenez une autre carte.",
            "Your bank did not confirm the payment. Try again, or use another card."],
        ("expired_card", _) => l["Cette carte a expiré. Prenez-en une autre.", "This card has expired. Use another one."],
        ("incorrect_cvc", _) => l["Le cryptogramme n'est pas celui de la carte. Vérifiez-le.", "The security code is not the card's. Check it."],
        ("processing_error", _) => l["La banque n'a pas pu traiter le paiement. Réessayez dans un instant.", "The bank could not process the payment. Try again in a moment."],
        (_, "insufficient_funds") => l["Provision insuffisante. Prenez une autre carte ou un autre moyen de paiement.", "Insufficient funds. Use another card or another means of payment."],
        _ => l["La banque refuse cette carte. Prenez-en une autre.", "The bank declines this card. Use another one."],
    };
}
