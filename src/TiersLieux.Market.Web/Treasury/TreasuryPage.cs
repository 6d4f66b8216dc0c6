using Microsoft.AspNetCore.Components;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Treasury;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Treasury;

/// <summary>A page of the treasurer's: it has the books of who may see them, and otherwise says why not.</summary>
public abstract class TreasuryPage : ComponentBase
{
    [Inject] protected TreasuryDesk Desk { get; set; } = default!;

    [Inject] protected CurrentActor Current { get; set; } = default!;

    [Inject] protected NavigationManager Address { get; set; } = default!;

    [CascadingParameter] protected HttpContext Http { get; set; } = default!;

    protected Actor Person { get; private set; } = Actor.Anonymous;

    /// <summary>Null when shut.</summary>
    protected TreasuryBooks? Books { get; private set; }

    /// <summary>Why the books stay shut.</summary>
    protected Reason? Closed { get; private set; }

    /// <summary>What a form was refused for.</summary>
    protected Reason? Refused { get; set; }

    protected CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Everything is read before the first rendering: a page is never drawn half known.</summary>
    public sealed override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        Person = await Current.GetAsync(Aborted);
        (Books, Closed) = await Desk.OpenAsync(Person, Aborted);
        if (Books is null) Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else await LoadAsync(Books);
        await base.SetParametersAsync(ParameterView.Empty);
    }

    protected abstract Task LoadAsync(TreasuryBooks books);

    protected Guid Posted(string field) => Guid.TryParse(Http.Request.Form[field], out var id) ? id : Guid.Empty;
}
