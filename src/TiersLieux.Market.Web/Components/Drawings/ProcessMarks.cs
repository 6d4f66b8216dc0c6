namespace TiersLieux.Market.Web.Components.Drawings;

/// <summary>A process as it is shown: its drawing on a 48-grid, its family's tint, its name.</summary>
/// <param name="Name">English, short: <c>laser</c>.</param>
/// <param name="Family">Suffix of the CSS class <c>tint-…</c>.</param>
/// <param name="French">Name on the screens.</param>
/// <param name="English">Name in English.</param>
/// <param name="Drawing">Inner SVG, stroked with the current colour.</param>
public sealed record ProcessDrawing(string Name, string Family, string French, string English, string Drawing)
{
    public string TintClass => "tint tint-" + Family;
}

/// <summary>The product's own drawn marks, one per process, and the process codes of the catalogue that lead to them.</summary>
public static class ProcessMarks
{
    public static IReadOnlyList<ProcessDrawing> All { get; } =
    [
        new("laser", "light", "Découpe laser", "Laser cutting",
            """<path d="M17 5h14v7l-4 6h-6l-4-6zM17 12h14M24 18v25M18 30l-4-4M30 30l4-4M20 36H5v6h15M28 36h15v6H28"/>"""),
        new("plasma", "light", "Découpe plasma", "Plasma cutting",
            """<path d="M18 4h12v9l-3 5h-6l-3-5zM20.5 18c0 6 1.2 11 3.5 16 2.3-5 3.5-10 3.5-16M5 33h12l3 6H5zM43 33H31l-3 6h15zM24 40v4M19 43l-1 1M29 43l1 1"/>"""),
        new("waterjet", "light", "Découpe jet d’eau", "Water jet cutting",
            """<path d="M17 4h14v7l-4 6h-6l-4-6zM24 17v19M5 27h14M29 27h14M5 32h14M29 32h14M5 42c3.2-3 6.3-3 9.5 0s6.3 3 9.5 0 6.3-3 9.5 0 6.3 3 9.5 0"/>"""),
        new("milling", "metal", "Fraisage", "Milling",
            """<path d="M16 4h16v8H16zM19 12v15l5 5 5-5V12M19 19l10-4M19 26l10-4M5 43V27h8v10h22V27h8v16z"/>"""),
        new("turning", "metal", "Tournage", "Turning",
            """<path d="M5 8h8v28H5zM13 13h13v18H13M26 17h16v10H26M9 8V5M9 36v3M29 44v-8l4-5 4 5v8z"/>"""),
        new("saw", "wood", "Sciage", "Sawing",
            """<path d="M9 29 5.2 26.4 10.1 23.3 7.6 19.4 13.4 18.4 12.5 13.9 18.3 15.1 19.2 10.6 24 14 26.6 10.2 29.7 15.1 33.6 12.6 34.6 18.4 39.1 17.5 37.9 23.3 42.4 24.2 39 29"/><path d="M19 29a5 5 0 0 1 10 0M4 29h40v6H4zM10 35v8M38 35v8"/>"""),
        new("plane", "wood", "Rabotage", "Planing",
            """<path d="M4 33h40v7H4zM25 33l-6-15h6l7 15M35 33c0-5-3-8 0-13 5 0 7 5 6 13M10 33v-4M6.5 25.5a3.5 3.5 0 1 0 7 0 3.5 3.5 0 0 0-7 0M20 14c-1-5-6-8-10-6-4 1.5-4 7 0 7.5 3 .3 4-3 1.8-4"/>"""),
        new("sand", "wood", "Ponçage", "Sanding",
            """<path d="M6 25h36v5H6zM8 30v5h32v-5M14 25v-9a6 6 0 0 1 6-6h10a9 9 0 0 1 9 9v6M14 17h-4c-4 0-5-3-5-8M22 16h9"/><path class="dots" d="M9 40h.01M17 40h.01M25 40h.01M33 40h.01M41 40h.01M13 44h.01M21 44h.01M29 44h.01M37 44h.01"/>"""),
        new("joinery", "wood", "Assemblage bois", "Wood joinery",
            """<path d="M5 10h18v5l10-3.5v11L23 19v10l10-3.5v11L23 33v5H5zM23 10h20v28H23"/>"""),
        new("sewing", "textile", "Couture", "Sewing",
            """<path d="M4 37h40v6H4zM40 37V13a4 4 0 0 0-4-4H11a5 5 0 0 0-5 5v9h10v-4h12v18M11 23v14M7 32h8M44 13v8M34 15h.01"/>"""),
        new("cutting-textile", "textile", "Coupe textile", "Fabric cutting",
            """<path d="M6 37a6 6 0 1 0 12 0 6 6 0 0 0-12 0M30 37a6 6 0 1 0 12 0 6 6 0 0 0-12 0M15.5 32.2 34 5M32.5 32.2 14 5M24 20h.01"/>"""),
        new("embroidery", "textile", "Broderie", "Embroidery",
            """<path d="M7 27a17 17 0 1 0 34 0 17 17 0 0 0-34 0M20 10V5h8v5M24 5v5"/><path stroke-dasharray="3 2.6" d="M24 37c-7-4.5-10-8-10-12.5a5.3 5.3 0 0 1 10-2.3 5.3 5.3 0 0 1 10 2.3c0 4.5-3 8-10 12.5z"/>"""),
        new("vinyl", "print", "Découpe vinyle", "Vinyl cutting",
            """<path d="M5 6h38v24L30 43H5zM43 30H30v13"/><path d="m22 14 2.8 5.8 6.3.9-4.6 4.4 1.1 6.3-5.6-3-5.6 3 1.1-6.3-4.6-4.4 6.3-.9z"/>"""),
        new("press", "print", "Presse à chaud", "Heat press",
            """<path d="M8 17h32v8H8zM24 17V9M14 5h20v4H14zM5 37h38v6H5zM12 32h24M15 28.5h.01M24 28.5h.01M33 28.5h.01"/>"""),
        new("uv", "print", "Impression UV", "UV printing",
            """<path d="M13 5h22v9H13zM5 9.5h8M35 9.5h8M17 18l-4 8M24 18v9M31 18l4 8M5 34h38v9H5zM12 34v-3h24v3"/>"""),
        new("wideformat", "print", "Impression grand format", "Wide-format printing",
            """<path d="M4 7h40v12H4zM10 19v24h28V19M38 13h.01M14 37l7-9 5 6 4-4 4 5M31 25h.01"/>"""),
        new("screenprint", "print", "Sérigraphie", "Screen printing",
            """<path d="M5 10h38v33H5zM11 16h26v21H11z"/><path d="M14 24h20v4H14zM20 24V5h8v19"/><path class="dots" d="M16 33h.01M21.5 33h.01M27 33h.01M32 33h.01"/>"""),
        new("pottery", "ceramic", "Tournage céramique", "Pottery throwing",
            """<path d="M17 5h14M19 5c0 6-8 8-8 16 0 6 3 9 7 13h12c4-4 7-7 7-13 0-8-8-10-8-16M12 18h24M7 34h34v4H7zM24 38v6"/>"""),
        new("kiln", "ceramic", "Cuisson céramique", "Kiln firing",
            """<path d="M5 43V22a19 15 0 0 1 38 0v21zM4 43h40M30 8V4h7v7"/><path d="M25 18c1 5 7 7 7 13a8 8 0 0 1-16 0c0-3 2-5 3-8 2 1 3 2.5 3.2 4.5C24.5 25 25.5 22 25 18z"/>"""),
        new("glaze", "ceramic", "Émaillage", "Ceramic glazing",
            """<path d="M5 22h38c0 9-5 16-12 18H17C10 38 5 31 5 22zM17 40v4h14v-4M9 22v4.5a3 3 0 0 0 6 0 3 3 0 0 1 6 0V31a3 3 0 0 0 6 0v-4a3 3 0 0 1 6 0 3 3 0 0 0 6 0V22M24 4c3.5 4.5 5 6.5 5 9a5 5 0 0 1-10 0c0-2.5 1.5-4.5 5-9z"/>"""),
        new("print3d", "plastic", "Impression 3D", "3D printing",
            """<path d="M17 4h14v7l-4 5h-6l-4-5zM24 16v4h11a3.7 3.7 0 0 1 0 7.5H13a3.7 3.7 0 0 0 0 7.5h22a3.7 3.7 0 0 1 0 7.5H7"/>"""),
        new("thermoform", "plastic", "Thermoformage", "Thermoforming",
            """<path d="M13 4c3 3-3 5 0 8M24 4c3 3-3 5 0 8M35 4c3 3-3 5 0 8M4 35h6c4 0 5-2 5-6a9 9 0 0 1 18 0c0 4 1 6 5 6h6M20 36v-7a4 4 0 0 1 8 0v7M4 42h40"/>"""),
        new("injection", "plastic", "Injection plastique", "Injection moulding",
            """<path d="M4 20h22v11H4zM8 20 5 9h14l-3 11M10 31l4-11M18 31l4-11M26 22l6 3.5-6 3.5M32 9h12v33H32zM38 17v17M8 31v11M22 31v11"/>"""),
        new("extrusion", "plastic", "Extrusion plastique", "Plastics extrusion",
            """<path d="M4 10h14v28H4zM18 16l8 4v8l-8 4M26 21h18M26 27h18M29 34a3.5 3.5 0 1 0 7 0 3.5 3.5 0 0 0-7 0M29 14a3.5 3.5 0 1 0 7 0 3.5 3.5 0 0 0-7 0M11 17v14"/>"""),
        new("weld", "metal", "Soudage", "Welding",
            """<path d="M9 20C9 11 15 5 24 5s15 6 15 15v12c0 7-6 12-15 12S9 39 9 32zM14 19h20v9H14zM9 23H5v6h4M39 23h4v6h-4M20 36h8"/>"""),
        new("bend", "metal", "Pliage", "Bending",
            """<path d="M18 4h12v9l-6 9-6-9zM4 17l20 13 20-13M5 43V31h4l15 9 15-9h4v12z"/>"""),
        new("circuit", "circuit", "Circuits imprimés", "Circuit boards",
            """<path d="M16 16h16v16H16zM20 16V8M28 16V5M20 32v11M28 32v8M16 20H5M16 28H8M32 20h8M32 28h11M21 21h.01"/><path d="M18 6a2 2 0 1 0 4 0 2 2 0 0 0-4 0M26 42a2 2 0 1 0 4 0 2 2 0 0 0-4 0M4 28a2 2 0 1 0 4 0 2 2 0 0 0-4 0M40 20a2 2 0 1 0 4 0 2 2 0 0 0-4 0"/>"""),
        new("solder", "circuit", "Brasage", "Soldering",
            """<path d="M43 10 37 4 24 15l8 8zM27 19 16 33M4 40h40M10 40a7 7 0 0 1 14 0M10 28c-4-4 3-6 0-11M18 22c-2-3 2-4 0-7M31 40v4M37 40v4"/>"""),
        new("paint", "hand", "Peinture et finition", "Painting",
            """<path d="M6 6h30v11H6zM36 11h7v12H24v6M20 29h8v15h-8zM6 22v3M12 22v6"/>"""),
        new("assembly", "hand", "Assemblage", "Assembly",
            """<path d="M15 4h18v7H15zM20 11v6M28 11v6M5 17h38v6H5zM5 23h38v6H5zM14 34h20v6H14zM20 29v5M28 29v5M20 40v4h8v-4M20 34v6M28 34v6"/>"""),
        new("quality", "hand", "Contrôle qualité", "Quality control",
            """<path d="M5 20a15 15 0 1 0 30 0 15 15 0 0 0-30 0M31 31l12 12M13 20l5 5 9-10"/>"""),
        new("packaging", "hand", "Conditionnement", "Packaging",
            """<path d="M24 4 42 13v22l-18 9-18-9V13zM6 13l18 9 18-9M24 22v22M15 8.5l18 9v7"/>"""),
        new("design", "hand", "Conception", "Design",
            """<path d="M20 9a4 4 0 1 0 8 0 4 4 0 0 0-8 0M22 12.5 11 43M26 12.5 37 43M12 33c7 5.5 17 5.5 24 0M24 5V3"/>"""),
        new("space", "hand", "Espace", "Space",
            """<path d="M20 42H5V6h38v36H32M5 23h13M28 6v10M28 23h15M20 42a12 12 0 0 1 12-12v12"/>"""),
        new("equipment", "hand", "Matériel", "Equipment",
            """<path d="M5 18h38v24H5zM16 18v-6a4 4 0 0 1 4-4h8a4 4 0 0 1 4 4v6M5 29h13M30 29h13M18 25h12v8H18z"/>"""),
        new("training", "hand", "Formation", "Training",
            """<path d="M24 9 3 19l21 10 21-10zM12 24v12c5 5 19 5 24 0V24M41 21v13"/>"""),
        new("expert", "hand", "Permanence d’expert", "Expert hour",
            """<path d="M10 19a7 7 0 1 0 14 0 7 7 0 0 0-14 0M4 43c0-8 5-13 13-13s13 5 13 13M27 5h17v13h-8l-5 5v-5h-4zM32 11.5h7"/>"""),
        new("transport", "hand", "Transport", "Transport",
            """<path d="M9 36H4V11h25v25H17M29 19h8l7 9v8h-4M32 36h-3M29 28h15M9 37a4 4 0 1 0 8 0 4 4 0 0 0-8 0M32 37a4 4 0 1 0 8 0 4 4 0 0 0-8 0"/>"""),
    ];

    private static readonly Dictionary<string, ProcessDrawing> ByName = All.ToDictionary(mark => mark.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Codes of the catalogue's processes, by the mark that draws them.</summary>
    private static readonly Dictionary<string, string> ByCode = new(StringComparer.OrdinalIgnoreCase)
    {
        ["impression-3d"] = "print3d",
        ["impression-3d-fdm"] = "print3d",
        ["impression-3d-sla"] = "print3d",
        ["impression-3d-sls"] = "print3d",
        ["decoupe-laser"] = "laser",
        ["gravure-laser"] = "laser",
        ["usinage-cnc"] = "milling",
        ["fraisage-cnc"] = "milling",
        ["tournage"] = "turning",
        ["decoupe-vinyle"] = "vinyl",
        ["thermopressage"] = "press",
        ["impression-uv"] = "uv",
        ["impression-grand-format"] = "wideformat",
        ["serigraphie"] = "screenprint",
        ["broderie-numerique"] = "embroidery",
        ["couture"] = "sewing",
        ["coupe-textile"] = "cutting-textile",
        ["poterie-tournage"] = "pottery",
        ["cuisson-ceramique"] = "kiln",
        ["emaillage"] = "glaze",
        ["sciage"] = "saw",
        ["rabotage"] = "plane",
        ["poncage"] = "sand",
        ["collage-assemblage-bois"] = "joinery",
        ["soudage"] = "weld",
        ["soudage-mig"] = "weld",
        ["soudage-tig"] = "weld",
        ["decoupe-plasma"] = "plasma",
        ["decoupe-jet-eau"] = "waterjet",
        ["pliage"] = "bend",
        ["thermoformage"] = "thermoform",
        ["injection-plastique"] = "injection",
        ["extrusion-plastique"] = "extrusion",
        ["gravure-circuit"] = "circuit",
        ["brasage-electronique"] = "solder",
        ["peinture-finition"] = "paint",
        ["assemblage"] = "assembly",
        ["controle-qualite"] = "quality",
        ["conditionnement"] = "packaging",
        ["conception"] = "design",
        ["espace"] = "space",
        ["materiel"] = "equipment",
        ["formation"] = "training",
        ["permanence"] = "expert",
    };

    /// <summary>The mark for a mark's name or a process code; the hand's own mark (assembly) for anything unknown.</summary>
    public static ProcessDrawing For(string? nameOrCode) =>
        nameOrCode is not null && (ByName.TryGetValue(nameOrCode, out var mark) || (ByCode.TryGetValue(nameOrCode, out var name) && ByName.TryGetValue(name, out mark)))
            ? mark
            : ByName["assembly"];
}
