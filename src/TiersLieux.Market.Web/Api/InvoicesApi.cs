using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Web.Access;
using TiersLieux.Market.Web.Orders;

namespace TiersLieux.Market.Web.Api;

/// <param name="Code">UNTDID 1001: 380 invoice, 386 deposit, 389 self-billed, 381 credit note…</param>
/// <param name="Payable">Left to pay when it was issued.</param>
/// <param name="Seal">SHA-256 over all it says and the seal before it in its series.</param>
public sealed record InvoiceDto(
    Guid Id, string Number, string Kind, int Code, DateOnly IssueDate, DateOnly? SupplyDate, DateOnly? DueDate, string? OrderNumber, string? Corrects,
    InvoicePartyDto Seller, InvoicePartyDto Buyer, IReadOnlyList<InvoiceLineDto> Lines, IReadOnlyList<InvoiceVatDto> Vat, IReadOnlyList<InvoiceDepositDto> Deposits,
    TotalDto Total, ApiMoney Prepaid, ApiMoney Payable, string? PaymentReference, IReadOnlyList<string> Mentions, string Seal, string PreviousSeal, DocumentLinksDto Links);

public sealed record InvoicePartyDto(string Name, string? Siren, string? VatNumber, string City);

public sealed record InvoiceLineDto(int Order, string Description, decimal Quantity, string Unit, decimal UnitPrice, ApiMoney Net, decimal VatRate);

public sealed record InvoiceVatDto(string Category, decimal Rate, ApiMoney Basis, ApiMoney Tax);

public sealed record InvoiceDepositDto(string Number, DateOnly IssueDate, ApiMoney InclTax);

/// <summary><c>/api/v1/invoices/{number}</c>, as data and as PDF.</summary>
internal static class InvoicesApi
{
    public static void MapInvoicesApi(this RouteGroupBuilder api)
    {
        api.MapGet("/invoices/{number}", ReadAsync).Produces<InvoiceDto>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getInvoice").WithSummary("An issued document: invoice, deposit, credit note, self-billed invoice (of the seller with that SIREN, where several share the number).").WithTags("invoices");
        api.MapGet("/invoices/{number}.pdf", PrintAsync).Produces(StatusCodes.Status200OK, contentType: "application/pdf").ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getInvoicePdf").WithSummary("The same for people.").WithTags("invoices");
    }

    private static async Task<IResult> ReadAsync(string number, string? seller, HttpContext http, InvoiceQueries queries, CurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        if (actor.IsAnonymous) return OrdersApi.SignInFirst.Problem(http);
        return await queries.FindAsync(number, seller, actor, cancellation) is { } invoice ? Results.Ok(Describe(invoice)) : OrdersApi.NotFound.Problem(http);
    }

    private static async Task<IResult> PrintAsync(string number, string? seller, HttpContext http, InvoiceQueries queries, IInvoiceRenderer renderer, CurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync(cancellation);
        if (actor.IsAnonymous) return OrdersApi.SignInFirst.Problem(http);
        if (await queries.FindAsync(number, seller, actor, cancellation) is not { } invoice) return OrdersApi.NotFound.Problem(http);
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{invoice.Number}.pdf\"";
        return Results.Bytes(renderer.Render(invoice), "application/pdf");
    }

    private static InvoiceDto Describe(Invoice i) => new(
        i.Id, i.Number, OrdersApi.Camel(i.Kind), (int)i.Kind, i.IssueDate, i.SupplyDate, i.DueDate, i.OrderReference, i.CorrectsNumber,
        Describe(i.Seller), Describe(i.Buyer),
        [.. i.Lines.OrderBy(l => l.Order).Select(l => new InvoiceLineDto(l.Order, l.Description, l.Quantity, l.Unit, l.UnitPrice, ApiMoney.Of(l.Net), l.Vat.RatePercent))],
        [.. i.VatBreakdown.Select(v => new InvoiceVatDto(v.Vat.Category, v.Vat.RatePercent, ApiMoney.Of(v.Basis), ApiMoney.Of(v.Tax)))],
        [.. i.Deposits.OrderBy(d => d.Order).Select(d => new InvoiceDepositDto(d.Number, d.IssueDate, ApiMoney.Of(d.InclTax)))],
        new TotalDto(i.ExclTax.Cents, i.Tax.Cents, i.InclTax.Cents, i.InclTax.Currency), ApiMoney.Of(i.Prepaid), ApiMoney.Of(i.Payable), i.PaymentReference,
        [.. i.Mentions.OrderBy(m => m.Order).Select(m => m.Text)], i.Seal, i.PreviousSeal,
        new DocumentLinksDto(DocumentLinks.Data(i.Number, i.Kind, i.Seller.Siren), DocumentLinks.Pdf(i.Number, i.Kind, i.Seller.Siren)));

    private static InvoicePartyDto Describe(Party party) => new(party.Name, party.Siren, party.VatNumber, party.Address.City);
}
