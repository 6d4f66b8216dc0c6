using Microsoft.AspNetCore.Components;

namespace TiersLieux.Market.Web.Layout;

/// <summary>
/// A page that is drawn once, when it has what it shows. Blazor would draw it a first time while its load still waits for the database, and markup that
/// reads what is not there yet would fail (on PostgreSQL, where reads really wait; SQLite hides it).
/// </summary>
public abstract class LoadedPage : ComponentBase
{
    public sealed override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    protected abstract Task LoadAsync();
}
