using System.Text;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Grains.Tests.Mail;

/// <summary>From a message in the outbox to the mail that somebody opens.</summary>
public sealed class MailTests
{
    [Theory, OnEachDatabase]
    public async Task Each_artisan_is_told_of_proposed_work_in_their_language(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.NoticeAsync($"work-proposed:{room.Work.Id:N}", new MailNotice("work-proposed", room.Work.Id, "Atelier bois"));
        await room.RelayAsync();
        Assert.Equal(2, room.Mails.Count);
        var french = Assert.Single(room.Mails, m => m.To == "premier@demo.invalid");
        Assert.Equal("Travail proposé à Atelier bois : CMD-2026-000001-A", french.Subject);
        Assert.Contains("Bonjour Premier Artisan,", french.Text, StringComparison.Ordinal);
        Assert.Contains("1\u202F234,56\u00A0€ hors taxes", french.Text, StringComparison.Ordinal);
        Assert.Contains("avant le 24/11/2026 à 10:00", french.Text, StringComparison.Ordinal);
        Assert.Contains("\nhttps://marche.demo.invalid/atelier\n", french.Text, StringComparison.Ordinal);
        var english = Assert.Single(room.Mails, m => m.To == "second@demo.invalid");
        Assert.Equal("Work proposed to Atelier bois: CMD-2026-000001-A", english.Subject);
        Assert.Contains("Your share is €1,234.56 before VAT", english.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Artisans_are_told_when_their_work_is_moved_forward(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.NoticeAsync("work-moved:1", new MailNotice("work-moved", room.Work.Id, "2026-12-07T07:00:00.0000000Z/2026-12-08T23:30:00.0000000Z"));
        await room.RelayAsync();
        Assert.Equal(2, room.Mails.Count);
        var french = Assert.Single(room.Mails, m => m.To == "premier@demo.invalid");
        Assert.Equal("Travail avancé à Atelier bois : CMD-2026-000001-A", french.Subject);
        Assert.Contains("passe du 07/12/2026 – 09/12/2026 au 24/11/2026 à 10:00 – 24/11/2026 à 12:00", french.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("\nhttps://marche.demo.invalid/atelier\n", french.Text, StringComparison.Ordinal);
        Assert.Contains("to 24 November 2026 at 10:00", Assert.Single(room.Mails, m => m.To == "second@demo.invalid").Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task The_customer_is_told_of_delivery_and_asked_about_a_later_date(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.NoticeAsync("delivered:1", new MailNotice("delivered", room.Order.Id, "BL-2026-000001"));
        await room.NoticeAsync("later-date:1", new MailNotice("later-date", room.Order.Id));
        await room.RelayAsync();
        Assert.All(room.Mails, m => Assert.Equal("client@demo.invalid", m.To));
        Assert.All(room.Mails, m => Assert.Contains("\nhttps://marche.demo.invalid/commandes/CMD-2026-000001\n", m.Text, StringComparison.Ordinal));
        Assert.Contains("BL-2026-000001", room.Mails[0].Text, StringComparison.Ordinal);
        Assert.Equal("Commande CMD-2026-000001 : livraison le 09/12/2026, cela vous convient-il ?", room.Mails[1].Subject);
        Assert.Contains("ne peut pas être prêt le 04/12/2026", room.Mails[1].Text, StringComparison.Ordinal);
        Assert.Contains("avant le 24/11/2026 à 10:00", room.Mails[1].Text, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task The_artisans_are_told_that_work_is_not_theirs_any_more(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.NoticeAsync("work-withdrawn:1", new MailNotice("work-withdrawn", room.Work.Id));
        await room.RelayAsync();
        Assert.Equal(["premier@demo.invalid", "second@demo.invalid"], room.Mails.Select(m => m.To).Order(StringComparer.Ordinal));
        Assert.Contains(room.Mails, m => m.Subject == "Travail retiré à Atelier bois : CMD-2026-000001-A");
        Assert.Contains(room.Mails, m => m.Text.Contains("this time is free again", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task An_invoice_goes_to_the_customer_as_a_pdf(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.NoticeAsync($"invoice:{room.Invoice.Id:N}", new MailNotice("invoice", room.Invoice.Id, room.Invoice.Number));
        await room.RelayAsync();
        var mail = Assert.Single(room.Mails);
        Assert.Equal(("client@demo.invalid", $"Facture {room.Invoice.Number}"), (mail.To, mail.Subject));
        Assert.Contains("1\u202F200,00\u00A0€", mail.Text, StringComparison.Ordinal);
        Assert.Contains("23/12/2026", mail.Text, StringComparison.Ordinal);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(mail.Attachment!, 0, 5));
    }

    [Theory, OnEachDatabase]
    public async Task A_deposit_invoice_asks_for_no_money(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.NoticeAsync($"invoice:{room.Deposit.Id:N}", new MailNotice("invoice", room.Deposit.Id, room.Deposit.Number));
        await room.RelayAsync();
        var mail = Assert.Single(room.Mails);
        Assert.StartsWith("Facture d'acompte AC-2026-", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("Votre acompte est payé", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Reste à payer", mail.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_self_billed_invoice_goes_to_the_workshop_in_whose_name_it_is(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.NoticeAsync($"invoice:{room.SelfBilled.Id:N}", new MailNotice("invoice", room.SelfBilled.Id, room.SelfBilled.Number));
        await room.RelayAsync();
        Assert.Equal(["premier@demo.invalid", "second@demo.invalid"], room.Mails.Select(m => m.To).Order(StringComparer.Ordinal));
        Assert.All(room.Mails, m => Assert.NotNull(m.Attachment));
    }

    [Theory, OnEachDatabase]
    public async Task A_member_is_told_what_became_of_a_booking(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        foreach (var what in (string[])["booked", "moved", "cancelled", "lost"]) await room.BookingNoticeAsync(what);
        await room.RelayAsync();
        Assert.Equal(4, room.Mails.Count);
        Assert.All(room.Mails, m => Assert.Contains("Laser cutter, Maison d'essai, 24 November 2026 from 10:00 to 12:00", m.Text, StringComparison.Ordinal));
        Assert.All(room.Mails, m => Assert.Contains("\nhttps://marche.demo.invalid/reservations/RES-2026-000001\n", m.Text, StringComparison.Ordinal));
        Assert.Equal(2, room.Mails.Count(m => m.Text.Contains("goes back to your card", StringComparison.Ordinal)));
    }

    [Theory, OnEachDatabase]
    public async Task A_message_that_is_handled_again_is_the_same_mail(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.NoticeAsync($"invoice:{room.Invoice.Id:N}", new MailNotice("invoice", room.Invoice.Id, room.Invoice.Number));
        await room.BookingNoticeAsync("booked");
        await room.RelayAsync();
        var before = room.Mails.Select(m => m.Name).ToList();
        await room.HandleAgainAsync();
        Assert.Equal(before, room.Mails.Select(m => m.Name));
        Assert.Equal(2, before.Count);
    }

    [Theory, OnEachDatabase]
    public async Task A_mail_that_cannot_be_handed_over_now_is_sent_later(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.BookingNoticeAsync("booked");
        await File.WriteAllTextAsync(room.Folder, "in the way", TestContext.Current.CancellationToken);
        await room.RelayAsync();
        var message = Assert.Single(await room.MessagesAsync());
        Assert.True(message is { DoneAt: null, DeadAt: null, LastError: not null });
        File.Delete(room.Folder);
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await room.RelayAsync();
        Assert.Single(room.Mails);
        Assert.NotNull(Assert.Single(await room.MessagesAsync()).DoneAt);
    }

    [Theory, OnEachDatabase]
    public async Task A_mail_about_nothing_is_given_up(MarketProvider provider)
    {
        await using var room = await MailRoom.CreateAsync(provider);
        await room.NoticeAsync("delivered:none", new MailNotice("delivered", Guid.CreateVersion7(), "BL-2026-000009"));
        await room.RelayAsync();
        Assert.Empty(room.Mails);
        Assert.NotNull(Assert.Single(await room.MessagesAsync()).DoneAt);
    }
}
