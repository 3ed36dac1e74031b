using Strata.Learning.Data;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Inputs;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Deep;

/// <summary>Brings what encoded inputs did back to the columns that they encode.</summary>
internal static class EncodedPlaces
{
    /// <param name="model">The network.</param>
    /// <param name="one">The row.</param>
    /// <param name="sums">By input: what each number did.</param>
    /// <param name="shapes">By input: its shape.</param>
    public static (ColumnAttribution[] Columns, AttributionMap[] Maps) ByColumn(NetworkModel model, Frame one, double[][] sums, Shape[] shapes)
    {
        string[] names = [.. model.Signature.Features.Names];
        var values = new double[names.Length];
        var maps = new List<AttributionMap>();
        InputEncoding encoding = model.Encoding;
        for (int input = 0; input < sums.Length; input++)
        {
            if (input == encoding.Arrays.Count)
            {
                foreach ((int place, double value) in encoding.Table!.ColumnsOfNumbers.Zip(sums[input]))
                {
                    values[place] += value;
                }
            }
            else if (encoding.IsWide)
            {
                // Each step is a column of its own.
                int[] steps = [.. Enumerable.Range(0, names.Length).Where(column => WideSeries.IsStep(model.Signature.Features.Columns[column].Type))];
                int width = shapes[input][^1];
                for (int i = 0; i < sums[input].Length; i++)
                {
                    values[steps[i / width]] += sums[input][i];
                }
            }
            else
            {
                ArrayEncoding array = encoding.Arrays[input];
                values[array.Column] += sums[input].Sum();
                if (array.Type != ColumnType.Points && !one.Columns[array.Column].IsMissing(0))
                {
                    maps.Add(Map(array, (ArrayColumn)one.Columns[array.Column], sums[input], shapes[input]));
                }
            }
        }

        return ([.. names.Select((name, column) => new ColumnAttribution(name, values[column]))], [.. maps]);
    }

    /// <summary>Numbers that tell of gaps count for the channel that they are of.</summary>
    private static AttributionMap Map(ArrayEncoding array, ArrayColumn column, double[] sums, Shape shape)
    {
        int channels = array.Channels, width = shape[^1];
        int[] channelOf = [.. Enumerable.Range(0, channels), .. array is SeriesEncoding series ? Enumerable.Range(0, channels).Where(channel => series.TellsGaps[channel]) : []];
        var values = new double[sums.Length / width * channels];
        for (int i = 0; i < sums.Length; i++)
        {
            values[i / width * channels + channelOf[i % width]] += sums[i];
        }

        bool isImage = array.Type == ColumnType.Image;
        return new AttributionMap(column.Name, isImage ? shape[0] : 1, isImage ? shape[1] : shape[0], column.Channels, values);
    }
}
