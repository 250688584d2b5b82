# The methods of the module that TorchScriptModule loads, in the form in which TorchScript serializes code: every operation is
# a call. Names in capitals stand for constants. DjlNetwork, DjlOperations and DjlUpdate say what each method is for.
class Operators(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # A network, see NetworkLowering: its steps in their order, of each an activation and three sizes, and the tensors of all steps, one
  # behind the other. Returned are its outputs and, in training, what the steps keep for the pass back.
  def network(self: __torch__.Operators,
    input: Tensor,
    tensors: List[Tensor],
    steps: List[str],
    activations: List[str],
    sizes: List[int],
    training: bool) -> Tuple[List[Tensor], List[Tensor]]:
    features = input
    outputs = annotate(List[Tensor], [])
    kept = annotate(List[Tensor], [])
    at = 0
    for i in range(torch.len(steps)):
      step = steps[i]
      if torch.eq(step, "linear"):
        _0 = torch.append(kept, features)
        features = (self).linear(features, tensors[at], tensors[torch.add(at, 1)])
        if torch.ne(activations[i], "none"):
          features = (self).activated(features, activations[i])
          _1 = torch.append(kept, features)
        else:
          pass
        at = torch.add(at, 2)
      elif torch.eq(step, "heads"):
        _2 = torch.append(kept, features)
        weights = (self).every_second(tensors, at)
        both = (self).linear(features, torch.cat(weights), torch.cat((self).every_second(tensors, torch.add(at, 1))))
        outputs = torch.split(both, (self).widths(weights), 1)
      elif torch.eq(step, "channels_last"):
        features = (self).channels_last(features)
      elif torch.eq(step, "rows"):
        features = torch.reshape(features, [torch.size(features, 0), -1])
      elif torch.eq(step, "images"):
        features = torch.reshape(features, torch.add([-1], (self).shape(sizes, i)))
      elif torch.eq(step, "flatten"):
        features = (self).flatten(features)
      elif torch.eq(step, "unflatten"):
        features = (self).unflatten(features, (self).shape(sizes, i))
      elif torch.__or__(torch.eq(step, "convolution"), torch.eq(step, "transposed_convolution")):
        transposed = torch.eq(step, "transposed_convolution")
        if training:
          convolved = (self).convolution(features, tensors[at], tensors[torch.add(at, 1)], transposed)
          result, centered, deviation = (self).normalize_relu(convolved, tensors[torch.add(at, 2)], tensors[torch.add(at, 3)],
            tensors[torch.add(at, 4)], tensors[torch.add(at, 5)])
          _3 = torch.extend(kept, [features, result, centered, deviation])
          features = result
        else:
          features = (self).folded_block(features, tensors, at, transposed)
        at = torch.add(at, 6)
      else:
        _4 = torch.append(kept, features)
        features = (self).sub_pixel_convolution(features, tensors[at], tensors[torch.add(at, 1)])
        at = torch.add(at, 2)
      if training:
        pass
      else:
        torch.clear(kept)
    if torch.eq(torch.len(outputs), 0):
      outputs = [features]
    else:
      pass
    return (outputs, kept)

  # The pass back: the derivatives by all tensors that are learned, in their order, and if it is needed by the input.
  def network_backward(self: __torch__.Operators,
    kept: List[Tensor],
    output_gradients: List[Tensor],
    tensors: List[Tensor],
    steps: List[str],
    activations: List[str],
    sizes: List[int],
    input_needed: bool) -> List[Tensor]:
    gradient = output_gradients[0]
    found = annotate(List[Tensor], [])
    at = torch.len(tensors)
    for k in range(torch.len(steps)):
      i = torch.sub(torch.sub(torch.len(steps), k), 1)
      step = steps[i]
      if torch.eq(step, "linear"):
        at = torch.sub(at, 2)
        if torch.ne(activations[i], "none"):
          gradient = (self).activated_backward(gradient, torch.pop(kept), activations[i])
        else:
          pass
        needed = torch.__or__(input_needed, torch.gt(at, 0))
        gradient, by_weight, by_bias = (self).linear_backward(gradient, torch.pop(kept), tensors[at], needed)
        _3 = torch.extend(found, [by_bias, by_weight])
      elif torch.eq(step, "heads"):
        heads = torch.len(output_gradients)
        at = torch.sub(at, torch.mul(heads, 2))
        weights = (self).every_second(tensors, at)
        widths = (self).widths(weights)
        needed = torch.__or__(input_needed, torch.gt(at, 0))
        gradient, by_weight, by_bias = (self).linear_backward(torch.cat(output_gradients, 1), torch.pop(kept), torch.cat(weights), needed)
        by_weights = torch.split(by_weight, widths)
        by_biases = torch.split(by_bias, widths)
        for j in range(heads):
          head = torch.sub(torch.sub(heads, j), 1)
          _4 = torch.extend(found, [by_biases[head], by_weights[head]])
      elif torch.__or__(torch.eq(step, "channels_last"), torch.__not__(torch.__or__(input_needed, torch.gt(at, 0)))):
        # Values stay as they are; or only the input is left, and nobody asks for it.
        pass
      elif torch.eq(step, "rows"):
        gradient = torch.reshape(gradient, torch.add([-1], (self).shape(sizes, i)))
      elif torch.eq(step, "images"):
        gradient = torch.reshape(gradient, [torch.size(gradient, 0), -1])
      elif torch.eq(step, "flatten"):
        gradient = (self).unflatten(gradient, (self).shape(sizes, i))
      elif torch.eq(step, "unflatten"):
        gradient = (self).flatten(gradient)
      elif torch.__or__(torch.eq(step, "convolution"), torch.eq(step, "transposed_convolution")):
        at = torch.sub(at, 6)
        deviation = torch.pop(kept)
        centered = torch.pop(kept)
        result = torch.pop(kept)
        by_block = (self).normalize_relu_backward(gradient, result, centered, deviation, tensors[torch.add(at, 2)])
        # Normalization absorbs the bias: the derivative by it is zero, and computed it would be rounding.
        gradient, by_weight, _0 = torch.convolution_backward(by_block[0], torch.pop(kept), tensors[at], None, [STRIDE, STRIDE],
          [PADDING, PADDING], [1, 1], torch.eq(step, "transposed_convolution"), [0, 0], 1,
          [torch.__or__(input_needed, torch.gt(at, 0)), True, False])
        _1 = torch.extend(found, [by_block[2], by_block[1], torch.zeros_like(tensors[torch.add(at, 1)]), by_weight])
      else:
        at = torch.sub(at, 2)
        weight = tensors[at]
        phases = torch.pixel_unshuffle(torch.constant_pad_nd(gradient, [1, 1, 1, 1]), STRIDE)
        gradient, by_weight, by_biases = torch.convolution_backward(phases, torch.pop(kept), weight, [torch.size(weight, 0)], [1, 1],
          [1, 1], [1, 1], False, [0, 0], 1, [torch.__or__(input_needed, torch.gt(at, 0)), True, True])
        by_bias = torch.sum(torch.reshape(by_biases, [-1, torch.mul(STRIDE, STRIDE)]), [1])
        _2 = torch.extend(found, [by_bias, by_weight])
    torch.reverse(found)
    if input_needed:
      _5 = torch.append(found, torch.contiguous(gradient))
    else:
      pass
    return found

  def shape(self: __torch__.Operators,
    sizes: List[int],
    step: int) -> List[int]:
    return torch.slice(sizes, torch.mul(step, 3), torch.mul(torch.add(step, 1), 3), 1)

  # With one channel the order is the same, but only a new shape tells PyTorch that channels are last.
  def channels_last(self: __torch__.Operators,
    images: Tensor) -> Tensor:
    values = torch.reshape(torch.permute(images, [0, 2, 3, 1]), [-1])
    return (self).unflatten(values, torch.slice(torch.size(images), 1, 4, 1))

  # Features as rows of values in the order (row, column, channel).
  def flatten(self: __torch__.Operators,
    features: Tensor) -> Tensor:
    return torch.reshape(torch.permute(features, [0, 2, 3, 1]), [torch.size(features, 0), -1])

  # Rows of values in the order (row, column, channel) as features of channels, height and width.
  def unflatten(self: __torch__.Operators,
    rows: Tensor,
    shape: List[int]) -> Tensor:
    return torch.permute(torch.reshape(rows, [-1, shape[1], shape[2], shape[0]]), [0, 3, 1, 2])

  def convolution(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    transposed: bool) -> Tensor:
    if transposed:
      result = torch.conv_transpose2d(features, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING])
    else:
      result = torch.conv2d(features, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING])
    return result

  # Normalization and ReLU of features, whose memory becomes that of the centered ones. What it makes is written over itself where it
  # can be: memory that is new is read and written many times more slowly.
  #
  # With channels last, PyTorch's own normalization adds up all values of a channel one after the other in float32, forward and
  # backward. In a batch of the recipe that is off by some 1e-5, enough for values near zero to end on the other side of the ReLU, and
  # each that does changes gradients by a percent. PyTorch's sums add up in cascades and are as exact as float32 can be; this is
  # composed of them, and the derivatives with it.
  def normalize_relu(self: __torch__.Operators,
    features: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    count = torch.floordiv(torch.numel(features), torch.size(features, 1))
    mean = torch.div(torch.sum(features, [0, 2, 3]), count)
    centered = torch.sub_(features, torch.reshape(mean, [1, -1, 1, 1]))
    result = torch.mul(centered, centered)
    squares = torch.sum(result, [0, 2, 3])
    _0 = torch.add_(torch.mul_(running_mean, KEPT), mean, alpha=MOMENTUM)
    _1 = torch.add_(torch.mul_(running_variance, KEPT), torch.div(squares, torch.sub(count, 1)), alpha=MOMENTUM)
    deviation = torch.sqrt(torch.add(torch.div(squares, count), EPSILON))
    factors = torch.reshape(torch.div(scale, deviation), [1, -1, 1, 1])
    _2 = torch.addcmul(torch.reshape(shift, [1, -1, 1, 1]), centered, factors, out=result)
    return (torch.relu_(result), centered, deviation)

  # With n values per channel, y = scale (x - mean) / deviation + shift and g the derivative by y where the ReLU let it through,
  # the derivative by x is
  #   scale / deviation (g - sum(g) / n - (x - mean) / deviation^2 sum(g (x - mean)) / n).
  # Returned are the derivatives by x, scale and shift.
  def normalize_relu_backward(self: __torch__.Operators,
    gradient: Tensor,
    result: Tensor,
    centered: Tensor,
    deviation: Tensor,
    scale: Tensor) -> List[Tensor]:
    count = torch.floordiv(torch.numel(centered), torch.size(centered, 1))
    passed = torch.threshold_backward(gradient, result, 0)
    total = torch.sum(passed, [0, 2, 3])
    by_features = torch.mul(passed, centered)
    by_scale = torch.div(torch.sum(by_features, [0, 2, 3]), deviation)
    factors = torch.div(scale, deviation)
    slopes = torch.div(torch.mul(by_scale, factors), torch.mul(deviation, torch.neg(count)))
    constants = torch.div(torch.mul(total, factors), torch.neg(count))
    _0 = torch.addcmul(torch.reshape(constants, [1, -1, 1, 1]), centered, torch.reshape(slopes, [1, -1, 1, 1]), out=by_features)
    _1 = torch.addcmul_(by_features, passed, torch.reshape(factors, [1, -1, 1, 1]))
    return [by_features, by_scale, total]

  # In evaluation the normalization is folded into the convolution.
  def folded_block(self: __torch__.Operators,
    features: Tensor,
    tensors: List[Tensor],
    at: int,
    transposed: bool) -> Tensor:
    deviation = torch.sqrt(torch.add(tensors[torch.add(at, 5)], EPSILON))
    factors = torch.div(tensors[torch.add(at, 2)], deviation)
    if transposed:
      by_output = [1, -1, 1, 1]
    else:
      by_output = [-1, 1, 1, 1]
    weights = torch.mul(tensors[at], torch.reshape(factors, by_output))
    centered = torch.sub(tensors[torch.add(at, 1)], tensors[torch.add(at, 4)])
    biases = torch.addcmul(tensors[torch.add(at, 3)], centered, factors)
    return torch.relu_((self).convolution(features, weights, biases, transposed))

  # The transposed convolution with kernel 4, stride 2 and padding 1, for few output channels, where PyTorch's own is slow: an ordinary
  # convolution gives the four phases of the output as channels, with one row and column too many on each side, and the phases are
  # interleaved (W. Shi et al., Real-time single image and video super-resolution, 2016, arXiv:1609.05158, equation 4).
  def sub_pixel_convolution(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    biases = torch.repeat_interleave(bias, torch.mul(STRIDE, STRIDE))
    phases = torch.conv2d(features, weight, biases, [1, 1], [1, 1])
    return torch.constant_pad_nd(torch.pixel_shuffle(phases, STRIDE), [-1, -1, -1, -1])

  # A product of matrices, or a 1x1 convolution of one image that has a row of pixels for each row, as its weight says.
  def linear(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    if torch.eq(torch.dim(weight), 2):
      result = torch.linear(rows, weight, bias)
    else:
      result = (self).flatten(torch.conv2d((self).pixels(rows), weight, bias))
      result = torch.reshape(result, [torch.size(rows, 0), -1])
    return result

  def linear_backward(self: __torch__.Operators,
    gradient: Tensor,
    rows: Tensor,
    weight: Tensor,
    rows_needed: bool) -> Tuple[Tensor, Tensor, Tensor]:
    if torch.eq(torch.dim(weight), 2):
      by_weight = torch.mm(torch.t(gradient), rows)
      by_bias = torch.sum(gradient, [0])
      if rows_needed:
        by_rows = torch.mm(gradient, weight)
      else:
        by_rows = gradient
    else:
      by_pixels, by_weight, by_bias = torch.convolution_backward((self).pixels(gradient), (self).pixels(rows), weight,
        [torch.size(weight, 0)], [1, 1], [0, 0], [1, 1], False, [0, 0], 1, [rows_needed, True, True])
      if rows_needed:
        by_rows = torch.reshape((self).flatten(by_pixels), [torch.size(rows, 0), -1])
      else:
        by_rows = gradient
    return (by_rows, by_weight, by_bias)

  def pixels(self: __torch__.Operators,
    rows: Tensor) -> Tensor:
    return torch.permute(torch.reshape(rows, [1, torch.size(rows, 0), 1, -1]), [0, 3, 1, 2])

  def every_second(self: __torch__.Operators,
    tensors: List[Tensor],
    at: int) -> List[Tensor]:
    return torch.slice(tensors, at, torch.len(tensors), 2)

  def widths(self: __torch__.Operators,
    weights: List[Tensor]) -> List[int]:
    widths = annotate(List[int], [])
    for i in range(torch.len(weights)):
      _0 = torch.append(widths, torch.size(weights[i], 0))
    return widths

  # An activation of features that nobody else needs.
  def activated(self: __torch__.Operators,
    features: Tensor,
    activation: str) -> Tensor:
    if torch.eq(activation, "relu"):
      result = torch.relu_(features)
    elif torch.eq(activation, "tanh"):
      result = torch.tanh_(features)
    elif torch.eq(activation, "elu"):
      result = torch.elu_(features)
    elif torch.eq(activation, "leaky_relu"):
      result = torch.leaky_relu_(features)
    elif torch.eq(activation, "softplus"):
      result = torch.softplus(features)
    else:
      result = torch.sigmoid_(features)
    return result

  # By the features, from what the activation gave: of y = log(1 + e^x) it is 1 - e^-y.
  def activated_backward(self: __torch__.Operators,
    gradient: Tensor,
    result: Tensor,
    activation: str) -> Tensor:
    if torch.eq(activation, "relu"):
      by_features = torch.threshold_backward(gradient, result, 0)
    elif torch.eq(activation, "tanh"):
      by_features = torch.tanh_backward(gradient, result)
    elif torch.eq(activation, "elu"):
      by_features = torch.elu_backward(gradient, 1, 1, 1, True, result)
    elif torch.eq(activation, "leaky_relu"):
      by_features = torch.leaky_relu_backward(gradient, result, 0.01, True)
    elif torch.eq(activation, "softplus"):
      by_features = torch.neg(torch.mul(gradient, torch.expm1(torch.neg(result))))
    else:
      by_features = torch.sigmoid_backward(gradient, result)
    return by_features

  def assign(self: __torch__.Operators,
    variable: Tensor,
    values: Tensor) -> int:
    _0 = torch.copy_(variable, values)
    return 0

  def greater(self: __torch__.Operators,
    left: Tensor,
    right: Tensor) -> Tensor:
    return torch.to(torch.gt(left, right), FLOAT32)

  def select(self: __torch__.Operators,
    mask: Tensor,
    chosen: Tensor,
    other: Tensor) -> Tensor:
    return torch.where(torch.ne(mask, 0), chosen, other)

  def expm1(self: __torch__.Operators,
    operand: Tensor) -> Tensor:
    return torch.expm1(operand)

  def log1p(self: __torch__.Operators,
    operand: Tensor) -> Tensor:
    return torch.log1p(operand)

  def max(self: __torch__.Operators,
    operand: Tensor,
    axes: List[int]) -> Tensor:
    return torch.amax(operand, axes)

  def log_sum_exp(self: __torch__.Operators,
    operand: Tensor,
    axis: int) -> Tensor:
    return torch.logsumexp(operand, [axis])

  def gather(self: __torch__.Operators,
    operand: Tensor,
    rows: List[int]) -> Tensor:
    return torch.index_select(operand, 0, torch.tensor(rows))

  # Windows are given as kernel, stride and padding.
  def convolve(self: __torch__.Operators,
    input: Tensor,
    weight: Tensor,
    window: List[int]) -> Tensor:
    return torch.conv2d(input, weight, None, [window[1], window[1]], [window[2], window[2]])

  def convolve_by_input(self: __torch__.Operators,
    gradient: Tensor,
    weight: Tensor,
    window: List[int],
    left_over: List[int]) -> Tensor:
    return torch.conv_transpose2d(gradient, weight, None, [window[1], window[1]], [window[2], window[2]], left_over)

  def convolve_by_weight(self: __torch__.Operators,
    input: Tensor,
    gradient: Tensor,
    window: List[int]) -> Tensor:
    weight = torch.new_zeros(gradient, [torch.size(gradient, 1), torch.size(input, 1), window[0], window[0]])
    _0, by_weight, _1 = torch.convolution_backward(gradient, input, weight, None, [window[1], window[1]],
      [window[2], window[2]], [1, 1], False, [0, 0], 1, [False, True, False])
    return by_weight

  # With softplus(l) = max(l, 0) - log sigmoid(|l|): the logs of up to 16 sigmoids, none below 1/2, are the log of their product.
  def bernoulli_log_density(self: __torch__.Operators,
    values: Tensor,
    logits: Tensor) -> Tensor:
    rows = torch.reshape(logits, [torch.size(logits, 0), -1])
    products = torch.sigmoid_(torch.abs(rows))
    for i in range(4):
      width = torch.size(products, 1)
      half = torch.floordiv(torch.add(width, 1), 2)
      kept = torch.slice(products, 1, 0, half)
      _0 = torch.mul_(torch.slice(kept, 1, 0, torch.sub(width, half)), torch.slice(products, 1, half, width))
      products = kept
    others = torch.addcmul(torch.relu(rows), rows, torch.reshape(values, [torch.size(values, 0), -1]), value=-1)
    return torch.sub(torch.sum(torch.log(products), [1]), torch.sum(others, [1]))

  def bernoulli_by_logits(self: __torch__.Operators,
    values: Tensor,
    logits: Tensor,
    gradient: Tensor) -> Tensor:
    of_rows = torch.reshape(gradient, torch.add([-1], torch.mul([1], torch.sub(torch.dim(logits), 1))))
    return torch.mul_(torch.sub(values, torch.sigmoid(logits)), of_rows)

  def standard_gaussian_kl(self: __torch__.Operators,
    mean: Tensor,
    log_variance: Tensor) -> Tensor:
    terms = torch.add(torch.sub(torch.expm1(log_variance), log_variance), torch.square(mean))
    return torch.mul(torch.sum(terms, [1]), 0.5)

  def reparameterize(self: __torch__.Operators,
    mean: Tensor,
    log_variance: Tensor,
    noise: Tensor) -> Tensor:
    deviation = torch.exp(torch.mul(log_variance, 0.5))
    return torch.add(mean, torch.mul(deviation, noise))

  def length(self: __torch__.Operators,
    tensors: List[Tensor]) -> float:
    squares = 0.
    for i in range(torch.len(tensors)):
      length = float(torch.linalg_vector_norm(tensors[i], 2, None, False, dtype=FLOAT64))
      squares = torch.add(squares, torch.mul(length, length))
    return torch.sqrt(squares)

  # numbers: step, learning rate, beta1, beta2, epsilon, weight decay.
  def adam(self: __torch__.Operators,
    numbers: List[float],
    gradients: List[Tensor],
    weights: List[Tensor],
    first_moments: List[Tensor],
    second_moments: List[Tensor]) -> int:
    # The fused update reads memory from one end to the other, whatever the strides.
    contiguous = annotate(List[Tensor], [])
    for i in range(torch.len(gradients)):
      _0 = torch.append(contiguous, torch.contiguous(gradients[i]))
    steps = torch.mul([torch.full([], numbers[0])], torch.len(weights))
    no_maximum = annotate(List[Tensor], [])
    torch._fused_adamw_(weights, contiguous, first_moments, second_moments, no_maximum, steps,
      lr=numbers[1], beta1=numbers[2], beta2=numbers[3], weight_decay=numbers[5], eps=numbers[4],
      amsgrad=False, maximize=False)
    return torch.len(weights)

  # numbers: learning rate, momentum.
  def sgd(self: __torch__.Operators,
    numbers: List[float],
    gradients: List[Tensor],
    weights: List[Tensor],
    velocities: List[Tensor]) -> int:
    torch._foreach_mul_(velocities, numbers[1])
    torch._foreach_add_(velocities, gradients)
    torch._foreach_add_(weights, velocities, alpha=torch.neg(numbers[0]))
    return torch.len(weights)
